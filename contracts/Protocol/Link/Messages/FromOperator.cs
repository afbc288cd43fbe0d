using Grid.Chain.Crypto;
using Grid.Protocol.Challenges;
using Grid.Protocol.Sealing;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Link.Messages;

/// <summary>Answers <see cref="Hello"/>: the session stands.</summary>
/// <param name="Epoch">Raised by each connection of this node; older sessions are refused.</param>
/// <param name="TickMs">Time between heartbeats, receipts and steps of paidThrough.</param>
/// <param name="ServerUnixMs">The operator's clock, for the node's log only: nothing is decided by it.</param>
/// <param name="SaysWhatItHeard">Whether it sends <see cref="LeaseHeard"/>; of one that does not, every word counts for all its
/// leases.</param>
public sealed record Welcome(
    ulong Epoch, int TickMs, PublishedSealingKey SealingKey, long ServerUnixMs, string OperatorVersion, bool SaysWhatItHeard = false) : ControlMessage;

/// <summary>Would you run this? Answered by <see cref="ProposalAnswer"/>.</summary>
/// <param name="Manifest">The text that <see cref="Manifests.SealedManifest"/> writes: the authorization's manifest hash is recomputed from it.</param>
/// <param name="Ordinal">The replica where the placement is spread, else 0.</param>
/// <param name="Requested">What to bind, devices by uuid.</param>
/// <param name="ExpiryUnixSeconds">The operator's hold ends then; an acceptance after it is void.</param>
/// <param name="Secrets">Sealed to this node's key with <see cref="SealingContext.LeaseSecret"/>.</param>
/// <param name="TenantKey">Outputs are sealed to it; null where the tenant published none.</param>
public sealed record Proposal(
    OperationId Operation,
    LeaseId Lease,
    OrderId Order,
    Signed<Authorization> Authorization,
    string Manifest,
    string Placement,
    uint Ordinal,
    Bindings Requested,
    RatePerHour RatePerHour,
    uint FeePpm,
    int RunAheadSeconds,
    long ExpiryUnixSeconds,
    IReadOnlyList<SealedSecret> Secrets,
    IReadOnlyList<NamedInput> Inputs,
    PublishedSealingKey? TenantKey = null) : ControlMessage;

/// <summary>The lease is open: start it.</summary>
public sealed record Open(Signed<Opening> Opening, Signed<PaidThrough> PaidThrough) : ControlMessage;

public sealed record ExtendPaidThrough(Signed<PaidThrough> PaidThrough) : ControlMessage;

/// <summary>Stop it. Seconds past the close are not billed.</summary>
public sealed record CloseLease(Signed<Close> Close) : ControlMessage;

/// <summary>The operator's signature over the receipt of these seconds, and the tenant's where he was connected.</summary>
public sealed record ReceiptCountersigned(LeaseId Lease, long Seconds, Signature Operator, Signature? Tenant = null) : ControlMessage;

/// <summary>No lease stands behind this token, or its lease is settled: forget what it binds.</summary>
public sealed record Release(LeaseId Lease, FencingToken Token) : ControlMessage;

/// <summary>The session does not stand: come back after <paramref name="RetryAfterMs"/>. The link closes after it.</summary>
public sealed record Refused(SessionRefusalCode Code, string Message, int RetryAfterMs) : ControlMessage;

/// <summary>The lease has heard its node: nobody starts another copy of it before this much silence more.</summary>
/// <param name="AtBootMs">As the beat said it that the lease heard of.</param>
public sealed record LeaseHeard(LeaseId Lease, long AtBootMs) : ControlMessage;

/// <summary>Answers a <see cref="Heartbeat"/>: a node that hears nothing else knows by it that its operator hears it.</summary>
public sealed record HeartbeatSeen(ulong Sequence) : ControlMessage;

/// <summary>What the operator's next root says that this node has earned, before it is posted: the node keeps it, since it claims by it.</summary>
/// <param name="Payers">The places of those who pay for its leases, some of them at most.</param>
public sealed record SettlementShown(ProviderProof Proof, IReadOnlyList<PayerProof>? Payers = null) : ControlMessage;

/// <summary>The operator has heard this node by now. The node keeps it: it is what an appeal against a wrong accusation is made of.</summary>
public sealed record SeenReceipt(Signed<Seen> Seen) : ControlMessage;

/// <summary>Show that you have a processor and memory: <see cref="MemoryWork"/> on this seed.</summary>
/// <param name="MemoryMib">A power of two, at most what the node's hello says.</param>
/// <param name="DeadlineMs">From when the operator sent it.</param>
public sealed record ChallengeSet(ulong Era, int Slot, Hash256 Seed, int MemoryMib, int DeadlineMs) : ControlMessage;
