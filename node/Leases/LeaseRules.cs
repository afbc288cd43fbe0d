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
    public static NodeLease Closing(NodeLease lease, Signed<Close> close) => lease.Close is null
        ? lease with { Close = close, EndReason = lease.EndReason == CloseReason.None ? close.Value.Reason : lease.EndReason }
        : lease;

    /// <summary>Why the workload has to stop now, or none.</summary>
    /// <param name="operatorSilence">How long the lease's operator has not been heard.</param>
    public static CloseReason DueStop(NodeLease lease, TimeSpan operatorSilence, TimeSpan lostAfter)
    {
        if (lease.Phase is not (NodeLeasePhase.Starting or NodeLeasePhase.Running)) return CloseReason.None;
        if (lease.Close is not null) return lease.EndReason;
        if (lease.Seconds >= lease.PaidThroughSeconds) return CloseReason.Money;
        return lease.StopsOnPartition && operatorSilence >= lostAfter ? CloseReason.ProviderFailed : CloseReason.None;
    }

    /// <summary>An acceptance that was never opened binds nothing once it has expired.</summary>
    public static bool HasExpired(NodeLease lease, long nowUnixSeconds) =>
        lease.Phase == NodeLeasePhase.Accepted && lease.Acceptance.Value.ExpiryUnixSeconds <= nowUnixSeconds;

    /// <summary>The workload is gone, for good.</summary>
    public static NodeLease Ended(NodeLease lease, CloseReason reason) => lease.Phase == NodeLeasePhase.Ended
        ? lease
        : lease with { Phase = NodeLeasePhase.Ended, EndReason = lease.EndReason == CloseReason.None ? reason : lease.EndReason };

    /// <summary>The next receipt, where there is something new to bill and the last one is countersigned.</summary>
    public static Receipt? NextReceipt(NodeLease lease, Hash256 contentHash, Eip712Domain domain)
    {
        if (lease.Opening is null || (lease.LastReceipt is not null && lease.Countersignature is null)) return null;
        var last = lease.LastReceipt?.Value;
        var seconds = Math.Min(lease.Seconds, lease.MostSeconds);
        if (seconds <= (last?.Seconds ?? 0)) return null;
        return new Receipt(
            lease.Lease, seconds, lease.Acceptance.Value.RatePerHour.ChargeRoundedDown(seconds), contentHash, last?.Digest(domain) ?? Hash256.Zero);
    }

    public static NodeLease WithReceipt(NodeLease lease, Signed<Receipt> receipt) => lease with { LastReceipt = receipt, Countersignature = null };

    /// <summary>Takes the operator's countersignature of the last receipt; any other is old news.</summary>
    public static NodeLease Countersigned(NodeLease lease, long seconds, Signature signature) =>
        lease.LastReceipt?.Value.Seconds == seconds && lease.Countersignature is null ? lease with { Countersignature = signature } : lease;
}
