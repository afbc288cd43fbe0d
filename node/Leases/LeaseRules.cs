using Grid.Chain.Crypto;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Node.Leases;

/// <summary>The node's rules for one of its leases: pure transitions. An operator's word counts only where its signature was checked before.</summary>
public static class LeaseRules
{
    /// <summary>The operator opens what the node accepted. Idempotent; a lease that has ended stays ended.</summary>
    public static NodeLease Opened(NodeLease lease, Signed<Opening> opening, Signed<PaidThrough> paidThrough)
    {
        if (lease.Phase == NodeLeasePhase.Ended) return lease;
        var phase = lease.Phase == NodeLeasePhase.Accepted ? NodeLeasePhase.Starting : lease.Phase;
        return Extended(lease with { Phase = phase, Opening = lease.Opening ?? opening }, paidThrough);
    }

    /// <summary>Only ever grows: a late or repeated message takes nothing back.</summary>
    public static NodeLease Extended(NodeLease lease, Signed<PaidThrough> paidThrough) =>
        lease.Phase == NodeLeasePhase.Ended || paidThrough.Value.Seconds <= lease.PaidThroughSeconds ? lease : lease with { PaidThrough = paidThrough };

    public static NodeLease Started(NodeLease lease, string bootId, long bootMs) => lease.Phase == NodeLeasePhase.Starting
        ? lease with { Phase = NodeLeasePhase.Running, BootId = bootId, StartedBootMs = bootMs }
        : lease;

    /// <summary>Counts what the boot-time clock proves. It never counts backwards, never past what is paid, and nothing after another boot.</summary>
    public static NodeLease Ticked(NodeLease lease, string bootId, long bootMs)
    {
        if (lease.Phase != NodeLeasePhase.Running || lease.BootId != bootId || lease.StartedBootMs is not { } started) return lease;
        var seconds = Math.Min((bootMs - started) / 1000, lease.MostSeconds);
        return seconds > lease.Seconds ? lease with { Seconds = seconds } : lease;
    }

    /// <summary>The operator's close. The first one stays.</summary>
    public static NodeLease Closing(NodeLease lease, Signed<Close> close)
    {
        if (lease.Close is not null) return lease;
        var reason = close.Value.Reason == CloseReason.None ? CloseReason.Tenant : close.Value.Reason;
        return Ending(lease with { Close = close }, reason);
    }

    /// <summary>It has to stop, whatever the operator says from now on. The first reason stays.</summary>
    public static NodeLease Ending(NodeLease lease, CloseReason reason) => lease.EndReason == CloseReason.None ? lease with { EndReason = reason } : lease;

    /// <summary>Why the workload has to stop now, or none.</summary>
    /// <param name="operatorSilence">How long the lease's operator has not heard of it.</param>
    public static CloseReason DueStop(NodeLease lease, TimeSpan operatorSilence, TimeSpan lostAfter)
    {
        if (lease.Phase is not (NodeLeasePhase.Starting or NodeLeasePhase.Running)) return CloseReason.None;
        if (lease.EndReason != CloseReason.None) return lease.EndReason;
        if (lease.Seconds >= lease.PaidThroughSeconds) return CloseReason.Money;
        return lease.StopsOnPartition && operatorSilence >= lostAfter ? CloseReason.ProviderFailed : CloseReason.None;
    }

    /// <summary>An acceptance that was never opened binds nothing once it has expired.</summary>
    public static bool HasExpired(NodeLease lease, long nowUnixSeconds) =>
        lease.Phase == NodeLeasePhase.Accepted && lease.Acceptance.Value.ExpiryUnixSeconds <= nowUnixSeconds;

    /// <summary>The workload is gone, for good. One that had completed before this node could stop it has completed.</summary>
    public static NodeLease Ended(NodeLease lease, CloseReason reason)
    {
        if (lease.Phase == NodeLeasePhase.Ended) return lease;
        var wasSooner = reason == CloseReason.Completed && lease is { Close: null, EndReason: CloseReason.ProviderFailed };
        return (wasSooner ? lease with { EndReason = reason } : Ending(lease, reason)) with { Phase = NodeLeasePhase.Ended };
    }

    /// <summary>
    /// The next receipt, where there is something new to bill and the last one is countersigned; and one for outputs that came with the last second. A receipt
    /// that counts past the close was never taken: a lower one takes its place.
    /// </summary>
    public static Receipt? NextReceipt(NodeLease lease, Provenance provenance, Eip712Domain domain)
    {
        if (lease.Opening is null) return null;
        var last = lease.LastReceipt?.Value;
        var seconds = Math.Min(lease.Seconds, lease.MostSeconds);
        var contentHash = provenance.Hash();
        if (last is not null && lease.Countersignature is null)
            return last.Seconds > seconds && seconds > lease.BilledSeconds ? ReceiptOf(lease, seconds, contentHash, last.Previous) : null;

        var billed = last?.Seconds ?? 0;
        var hasNewOutputs = lease.Phase == NodeLeasePhase.Ended && provenance.Outputs.Count > 0 && contentHash != last?.ContentHash;
        if (seconds < billed || (seconds == billed && !hasNewOutputs)) return null;
        return ReceiptOf(lease, seconds, contentHash, last?.Digest(domain) ?? Hash256.Zero);
    }

    public static NodeLease WithReceipt(NodeLease lease, Signed<Receipt> receipt, Provenance provenance) =>
        lease with { LastReceipt = receipt, LastProvenance = provenance, Countersignature = null };

    /// <summary>Takes the operator's countersignature of the last receipt; any other is old news.</summary>
    public static NodeLease Countersigned(NodeLease lease, long seconds, Signature signature) =>
        lease.LastReceipt?.Value.Seconds == seconds && lease.Countersignature is null
            ? lease with { Countersignature = signature, BilledSeconds = seconds }
            : lease;

    private static Receipt ReceiptOf(NodeLease lease, long seconds, Hash256 contentHash, Hash256 previous) =>
        new(lease.Lease, seconds, lease.Acceptance.Value.RatePerHour.ChargeRoundedDown(seconds), contentHash, previous);
}
