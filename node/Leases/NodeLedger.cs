using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Node.Leases;

/// <summary>
/// What this node has bound, to whatever operator: the last word on its capacity. It is on the disk before an acceptance is sent, so that no two operators
/// can lease one GPU or one slice of CPU.
/// </summary>
public sealed record NodeLedger
{
    /// <summary>The newest fencing token; never given twice.</summary>
    public FencingToken LastToken { get; init; }

    public ImmutableSortedDictionary<LeaseId, NodeLease> Leases { get; init; } = ImmutableSortedDictionary<LeaseId, NodeLease>.Empty;

    /// <summary>What is bound now. An ended lease runs nothing, so it binds nothing.</summary>
    public IEnumerable<Bindings> Bound => Leases.Values.Where(static lease => lease.Phase != NodeLeasePhase.Ended).Select(static lease => lease.Bindings);

    /// <summary>What an operator cannot have, since others have it.</summary>
    public BoundElsewhere BoundElsewhere(Address @operator) => Protocol.Link.Messages.BoundElsewhere.Of(
        Leases.Values.Where(lease => lease.Phase != NodeLeasePhase.Ended && lease.Operator != @operator).Select(static lease => lease.Bindings));

    public NodeLedger With(NodeLease lease) => this with { Leases = Leases.SetItem(lease.Lease, lease) };

    public NodeLedger Without(LeaseId lease) => this with { Leases = Leases.Remove(lease) };

    /// <summary>Acceptances that no operator opened in time bind nothing.</summary>
    public NodeLedger WithoutExpired(long nowUnixSeconds) =>
        this with { Leases = Leases.RemoveRange(Leases.Values.Where(lease => LeaseRules.HasExpired(lease, nowUnixSeconds)).Select(static lease => lease.Lease)) };

    /// <returns>What is bound already and leaves too little, in words; null where all fits.</returns>
    public string? Conflict(Bindings wanted, OfferTerms terms)
    {
        var bound = Bound.ToArray();
        var cpu = bound.Sum(static other => other.CpuMillis) + wanted.CpuMillis;
        if (cpu > terms.Capacity.CpuMillis) return $"bound already: cpu, {cpu} of {terms.Capacity.CpuMillis} millicores";
        var memory = bound.Sum(static other => other.MemoryMib) + wanted.MemoryMib;
        if (memory > terms.Capacity.MemoryMib) return $"bound already: memory, {memory} of {terms.Capacity.MemoryMib} MiB";
        var storage = bound.Aggregate(wanted.StorageMib, static (sum, other) => sum + other.StorageMib);
        if (!terms.Capacity.StorageMib.Covers(storage)) return $"bound already: storage, {storage} of {terms.Capacity.StorageMib} MiB";
        var ports = bound.Sum(static other => other.Ports.Count) + wanted.Ports.Count;
        if (ports > terms.Capacity.Ports) return $"bound already: ports, {ports} of {terms.Capacity.Ports}";
        return wanted.Devices.Select(device => DeviceConflict(device, bound, terms)).FirstOrDefault(static conflict => conflict is not null);
    }

    private static string? DeviceConflict(BoundDevice wanted, Bindings[] bound, OfferTerms terms)
    {
        if (terms.Devices.All(device => device.Uuid != wanted.Uuid)) return $"device {wanted.Uuid} is not offered";
        var share = bound.SelectMany(static other => other.Devices).Where(device => device.Uuid == wanted.Uuid).Sum(static device => device.ShareMillis) + wanted.ShareMillis;
        return share <= BoundDevice.WholeMillis ? null : $"bound already: device {wanted.Uuid}, {share} of {BoundDevice.WholeMillis} thousandths";
    }
}
