using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Orders;

/// <summary>The orders that wait, oldest first, and where room is kept for them.</summary>
internal sealed class StandingBook
{
    private readonly SortedDictionary<OrderId, Entry> _entries = [];

    public bool IsEmpty => _entries.Count == 0;

    public IEnumerable<(StandingOrder Order, ProviderId At)> Kept =>
        _entries.Values.Where(static entry => entry.KeptAt is not null).Select(static entry => (entry.Order, entry.KeptAt!.Value))
            .ToArray();

    public bool TryAdd(StandingOrder order, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(order.Order, out var known) && _entries.Count >= Limits.StandingOrders) return false;
        _entries[order.Order] = new Entry(order, now, known?.KeptAt);
        return true;
    }

    public void Remove(OrderId order) => _entries.Remove(order);

    /// <summary>Who has not said for long that he waits does so no more.</summary>
    public void DropBefore(DateTimeOffset then)
    {
        foreach (var gone in _entries.Where(entry => entry.Value.HeardAt < then).Select(static entry => entry.Key).ToArray())
            _entries.Remove(gone);
    }

    public void Keep(OrderId order, ProviderId? provider)
    {
        if (_entries.TryGetValue(order, out var entry)) _entries[order] = entry with { KeptAt = provider };
    }

    /// <summary>The oldest, as many as one look at a provider asks for.</summary>
    public ImmutableArray<StandingOrder> Oldest() =>
    [
        .. _entries.Values.Select(static entry => entry.Order).OrderBy(static order => order.Since).ThenBy(static order => order.Order)
            .Take(Limits.StandingOrdersAtOnce),
    ];

    public bool IsKeptElsewhere(OrderId order, ProviderId than) =>
        _entries.TryGetValue(order, out var entry) && entry.KeptAt is { } at && at != than;

    private sealed record Entry(StandingOrder Order, DateTimeOffset HeardAt, ProviderId? KeptAt);
}
