using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Grid.Runtime.Observers;

/// <summary>The objects outside grains that grains can call.</summary>
internal sealed class ObserverCatalog(Silo silo)
{
    // Orleans' prefix for the ids of what is outside grains.
    private static readonly GrainType ObserverType = GrainType.Create("sys.client");

    private readonly ConcurrentDictionary<GrainId, Observer> _byId = new();

    public GrainId Add(IGrainObserver target)
    {
        var observer = new Observer(silo.Host, target);
        var id = GrainId.Create(ObserverType, observer.Number.ToString(CultureInfo.InvariantCulture));
        _byId[id] = observer;
        return id;
    }

    public void Remove(GrainId id)
    {
        if (_byId.TryRemove(id, out var observer))
            observer.End();
    }

    /// <returns>Null where the id is not that of an observer.</returns>
    /// <exception cref="ClientNotAvailableException">It is, and there is none.</exception>
    public Observer? Find(GrainId id)
    {
        if (id.Type != ObserverType)
            return null;
        return _byId.GetValueOrDefault(id) ?? throw new ClientNotAvailableException(id);
    }

    public void Clear()
    {
        foreach (var id in _byId.Keys)
            Remove(id);
    }
}
