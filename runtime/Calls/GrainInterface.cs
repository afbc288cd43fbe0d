using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Grid.Runtime.Calls;

/// <summary>A grain or observer interface with the class of its references, made when it is first needed.</summary>
internal sealed class GrainInterface
{
    // Pure metadata of a type: the same whatever silo asks first.
    private static readonly ConcurrentDictionary<Type, GrainInterface> Known = new();

    private readonly Func<ReferenceTarget, GrainReference> _newReference;

    private GrainInterface(Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is no grain interface: expected an interface derived from IGrainWithStringKey or IGrainObserver");
        Type = type;
        Name = type.FullName ?? type.Name;
        Methods = [.. MethodsOf(type)];
        _newReference = ReferenceEmitter.Emit(this);
    }

    public Type Type { get; }

    public string Name { get; }

    public GrainMethod[] Methods { get; }

    public static GrainInterface Of(Type type) => Known.GetOrAdd(type, static t => new GrainInterface(t));

    public GrainReference Reference(ReferenceTarget target) => _newReference(target);

    private static IEnumerable<GrainMethod> MethodsOf(Type type) =>
        type.GetInterfaces().Prepend(type)
            .Where(t => t != typeof(IAddressable))
            .SelectMany(t => t.GetMethods())
            .Where(m => m.IsAbstract && !m.IsStatic)
            .Select(m => new GrainMethod(m));
}
