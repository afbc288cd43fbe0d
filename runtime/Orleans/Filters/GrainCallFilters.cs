using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>One grain call on its way.</summary>
public interface IGrainCallContext
{
    /// <summary>The grain that is called.</summary>
    object Grain { get; }

    MethodInfo InterfaceMethod { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    /// <summary>What the call returned, once <see cref="Invoke"/> has completed.</summary>
    object? Result { get; set; }

    /// <summary>The grain that calls, or null where no grain does.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    /// <summary>Goes on to the next filter, or to the grain.</summary>
    Task Invoke();
}

/// <inheritdoc cref="IGrainCallContext"/>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    MethodInfo ImplementationMethod { get; }

    IGrainContext TargetContext { get; }
}

/// <summary>Runs around every call to every grain, on the called activation.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}
