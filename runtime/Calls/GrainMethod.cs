using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Runtime.Calls;

/// <summary>One method of a grain interface with what its attributes say.</summary>
internal sealed class GrainMethod
{
    public GrainMethod(MethodInfo method)
    {
        InterfaceMethod = method;
        Name = method.Name;
        InterfaceName = method.DeclaringType!.FullName ?? method.DeclaringType.Name;
        IsOneWay = method.ReturnType == typeof(void) || method.IsDefined(typeof(OneWayAttribute));
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        StableId = StableHash.Compute($"{InterfaceName}.{Name}({string.Join(',', method.GetParameters().Select(p => p.ParameterType.Name))})");
    }

    public MethodInfo InterfaceMethod { get; }

    public string Name { get; }

    public string InterfaceName { get; }

    public bool IsOneWay { get; }

    public bool Interleaves { get; private init; }

    public TimeSpan? ResponseTimeout { get; }

    /// <summary>The same in every process.</summary>
    public uint StableId { get; }

    /// <summary>The same method as one step of the sequence that it returns, which may interleave with anything.</summary>
    public GrainMethod AsStep() => new(InterfaceMethod) { Interleaves = true };
}
