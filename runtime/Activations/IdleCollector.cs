namespace Grid.Runtime.Activations;

/// <summary>Ends activations that nothing has used for the age limit.</summary>
internal sealed class IdleCollector : IDisposable
{
    private readonly Silo _silo;
    private readonly ITimer _timer;

    public IdleCollector(Silo silo)
    {
        _silo = silo;
        _timer = silo.Host.Time.CreateTimer(
            static self => ((IdleCollector)self!).Collect(), this, silo.Options.CollectionQuantum, silo.Options.CollectionQuantum);
    }

    public void Dispose() => _timer.Dispose();

    private void Collect()
    {
        var limit = _silo.Host.NowTicks - _silo.Options.CollectionAge.Ticks;
        foreach (var activation in _silo.Catalog.All())
        {
            if (activation.IsIdleSince(limit))
                activation.EndIfIdleSince(limit);
        }
    }
}
