using System.Collections.Concurrent;
using System.Reflection;
using Grid.Runtime.Calls;
using Grid.Runtime.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grid.Runtime.Activations;

/// <summary>A grain class: its name, its interfaces, and how one is made.</summary>
internal sealed class GrainClass
{
    // Pure metadata of types: the same whatever silo asks first.
    private static readonly ConcurrentDictionary<Type, GrainClass> Known = new();
    private static readonly ConcurrentDictionary<(Type Class, MethodInfo Method), MethodInfo> Implementations = new();

    private readonly List<Func<Activation, object>> _facets = [];
    private readonly ObjectFactory _factory;

    private GrainClass(Type type)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? ConventionalName(type.Name));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        Interfaces = [.. type.GetInterfaces().Where(IsGrainInterface).Select(GrainInterface.Of)];
        if (Interfaces.Length == 0)
            throw new ArgumentException($"{type} implements no grain interface: expected one derived from IGrainWithStringKey");
        _factory = ActivatorUtilities.CreateFactory(type, [.. FacetTypes(type)]);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public GrainInterface[] Interfaces { get; }

    public static GrainClass Of(Type type) => Known.GetOrAdd(type, static t => new GrainClass(t));

    public static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(type)
        && type.GetInterfaces().Any(IsGrainInterface);

    public static MethodInfo Implementation(Type grainClass, MethodInfo interfaceMethod) =>
        Implementations.GetOrAdd((grainClass, interfaceMethod), static key =>
        {
            var map = key.Class.GetInterfaceMap(key.Method.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, key.Method)];
        });

    public IGrainBase Create(Activation activation)
    {
        var arguments = new object?[_facets.Count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = _facets[i](activation);
        return (IGrainBase)_factory(activation.ActivationServices, arguments);
    }

    // As Orleans names grain types, so that both hosts find the same rows.
    private static string ConventionalName(string className)
    {
        var name = className.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > "grain".Length ? name[..^"grain".Length] : name;
    }

    private static bool IsGrainInterface(Type type) =>
        typeof(IGrain).IsAssignableFrom(type) && type != typeof(IGrain) && type != typeof(IGrainWithStringKey) && type != typeof(IRemindable);

    private IEnumerable<Type> FacetTypes(Type type)
    {
        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
            throw new ArgumentException($"{type} has {constructors.Length} public constructors: expected one");
        foreach (var parameter in constructors[0].GetParameters())
        {
            var facet = FacetFor(parameter);
            if (facet is null)
                continue;
            _facets.Add(facet);
            yield return parameter.ParameterType;
        }
    }

    private static Func<Activation, object>? FacetFor(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(IGrainContext))
            return static activation => activation;
        return parameter.GetCustomAttribute<PersistentStateAttribute>() is { } attribute
            ? StoredStates.FacetFor(parameter.ParameterType, attribute)
            : null;
    }
}
