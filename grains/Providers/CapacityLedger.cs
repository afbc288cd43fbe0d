using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Providers;

/// <summary>What of one provider's slice is promised to whom. The node has the last word; this ledger keeps the grid from asking in vain.</summary>
public sealed record CapacityLedger
{
    // The same entries in one block: a tree is slow to walk, and every bid, hold and listing walks all of them.
    private readonly CapacityEntry[] _walked = [];

    public ImmutableSortedDictionary<LeaseId, CapacityEntry> Entries
    {
        get;
        init => (field, _walked) = (value.OrEmpty(), [.. value.OrEmpty().Values]);
    } = ImmutableSortedDictionary<LeaseId, CapacityEntry>.Empty;

    /// <summary>Everything that counts at this moment.</summary>
    public ResourceAmounts BoundAt(DateTimeOffset now)
    {
        var sum = default(ResourceAmounts);
        foreach (var entry in _walked)
        {
            if (entry.IsLiveAt(now)) sum += entry.Amounts;
        }

        return sum;
    }

    /// <summary>The thousandths of a device that live entries bind.</summary>
    public long BoundOfDevice(string uuid, DateTimeOffset now)
    {
        var sum = 0L;
        foreach (var entry in _walked)
        {
            if (entry.IsLiveAt(now)) sum += entry.ShareOf(uuid);
        }

        return sum;
    }

    public bool HasExpiredAt(DateTimeOffset now)
    {
        foreach (var entry in _walked)
        {
            if (!entry.IsLiveAt(now)) return true;
        }

        return false;
    }

    /// <summary>When the first of the live holds expires; the end of time where none does.</summary>
    public DateTimeOffset NextExpiryAfter(DateTimeOffset now)
    {
        var next = DateTimeOffset.MaxValue;
        foreach (var entry in _walked)
        {
            if (entry.ExpiresAt is { } expiry && expiry > now && expiry < next) next = expiry;
        }

        return next;
    }

    public CapacityLedger With(LeaseId lease, CapacityEntry entry) => new() { Entries = Entries.SetItem(lease, entry) };

    public CapacityLedger Without(LeaseId lease) => Entries.ContainsKey(lease) ? new() { Entries = Entries.Remove(lease) } : this;

    /// <summary>Drops the holds that have expired.</summary>
    public CapacityLedger SweptAt(DateTimeOffset now)
    {
        var expired = Entries.Where(entry => !entry.Value.IsLiveAt(now)).Select(static entry => entry.Key).ToArray();
        return expired.Length == 0 ? this : new() { Entries = Entries.RemoveRange(expired) };
    }
}

/// <param name="ExpiresAt">Null once the lease is open.</param>
public sealed record CapacityEntry(OrderId Order, Bindings Bindings, ResourceAmounts Amounts, bool IsPretended, DateTimeOffset? ExpiresAt)
{
    public bool IsLiveAt(DateTimeOffset now) => ExpiresAt is null || ExpiresAt > now;

    /// <summary>The thousandths of a device that it binds.</summary>
    public long ShareOf(string uuid)
    {
        var sum = 0L;
        for (var i = 0; i < Bindings.Devices.Count; i++)
        {
            if (Bindings.Devices[i].Uuid == uuid) sum += Bindings.Devices[i].ShareMillis;
        }

        return sum;
    }
}
