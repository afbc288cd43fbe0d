using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Grid.Runtime.Activations;

/// <summary>The activations of one silo: at most one for each grain.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _byId = new();

    public int Count => _byId.Count;

    public Activation GetOrCreate(GrainId grainId)
    {
        if (_byId.TryGetValue(grainId, out var activation))
            return activation;
        silo.Host.CheckThread();
        return _byId.GetOrAdd(grainId, static (id, owner) => owner.NewActivation(id), silo);
    }

    public Activation? Find(GrainId grainId) => _byId.GetValueOrDefault(grainId);

    public void Remove(Activation activation) => _byId.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));

    /// <summary>All activations in the order of their creation, which is the same in every process.</summary>
    public List<Activation> All()
    {
        var all = _byId.Values.ToList();
        all.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        return all;
    }

    public void Clear() => _byId.Clear();
}
