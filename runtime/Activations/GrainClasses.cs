using System.Reflection;
using Orleans.Runtime;

namespace Grid.Runtime.Activations;

/// <summary>The grain classes of one silo, by name and by interface.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly Dictionary<Type, GrainClass?> _byInterface = [];

    public GrainClasses(IEnumerable<Type> types)
    {
        foreach (var type in types.Distinct())
            Add(GrainClass.Of(type));
    }

    public static IEnumerable<Type> In(Assembly assembly) => assembly.GetTypes().Where(GrainClass.IsGrainClass);

    public GrainClass ForType(GrainType type) =>
        _byType.GetValueOrDefault(type) ?? throw new ArgumentException($"grain type '{type}': no such class in this silo; add its assembly with AddGrains");

    public GrainClass ForInterface(Type type)
    {
        if (!_byInterface.TryGetValue(type, out var grainClass))
            throw new ArgumentException($"{type}: no class in this silo implements it; add its assembly with AddGrains");
        return grainClass ?? throw new ArgumentException($"{type}: more than one class implements it; ask for a grain by its own interface");
    }

    private void Add(GrainClass grainClass)
    {
        if (!_byType.TryAdd(grainClass.GrainType, grainClass))
            throw new ArgumentException($"grain type '{grainClass.GrainType}' is the name of both {_byType[grainClass.GrainType].Type} and {grainClass.Type}");
        foreach (var grainInterface in grainClass.Interfaces)
        {
            if (!_byInterface.TryAdd(grainInterface.Type, grainClass))
                _byInterface[grainInterface.Type] = null;
        }
    }
}
