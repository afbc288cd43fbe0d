using Grid.Protocol.Challenges;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Link.Messages;

/// <summary>The node's first message: what it offers and what it holds. The operator reconciles from it alone.</summary>
/// <param name="Consent">Needed where the offer's owner is not the provider itself.</param>
/// <param name="BootId">Changes when the machine boots: seconds are counted on its clock.</param>
/// <param name="Leases">Everything that a token binds, ended leases that were not released yet included.</param>
/// <param name="Elsewhere">Null from a node that does not say it.</param>
/// <param name="ChallengeMib">The largest challenge that it takes; 0 from a node that takes none: it is not challenged, and earns no rewards.</param>
public sealed record Hello(
    Signed<Offer> Offer,
    OfferTerms Terms,
    PublishedSealingKey SealingKey,
    Signed<OwnerConsent>? Consent,
    string BootId,
    string NodeVersion,
    IReadOnlyList<BoundLease> Leases,
    BoundElsewhere? Elsewhere = null,
    int ChallengeMib = 0) : ControlMessage;

/// <summary>The offer was replaced; its version is higher than the one before.</summary>
public sealed record OfferChanged(Signed<Offer> Offer, OfferTerms Terms, Signed<OwnerConsent>? Consent = null) : ControlMessage;

/// <summary>
/// Once a tick, and as soon as what is bound for other operators changes. The session absorbs it; only what differs calls grains.
/// </summary>
/// <param name="Sequence">1, 2, 3 … in a session.</param>
/// <param name="Elsewhere">Null from a node that does not say it.</param>
public sealed record Heartbeat(ulong Sequence, IReadOnlyList<LeaseBeat> Leases, BoundElsewhere? Elsewhere = null) : ControlMessage;

/// <param name="Seconds">Whole billable seconds so far.</param>
/// <param name="AtBootMs">The node's boot-time clock, where the lease must stop unless its operator hears of it: <see cref="LeaseHeard"/>
/// says it back.</param>
public sealed record LeaseBeat(LeaseId Lease, long Seconds, NodeLeasePhase Phase, long? AtBootMs = null);

/// <summary>Answers a <see cref="Proposal"/>: accepted with its bindings, or refused. The same operation gets the same answer.</summary>
public sealed record ProposalAnswer(
    OperationId Operation,
    LeaseId Lease,
    Signed<Acceptance>? Accepted = null,
    Bindings? Bindings = null,
    ProposalRefusal? Refusal = null) : ControlMessage
{
    public static ProposalAnswer Accept(OperationId operation, Signed<Acceptance> acceptance, Bindings bindings) =>
        new(operation, acceptance.Value.Lease, acceptance, bindings);

    public static ProposalAnswer Refuse(OperationId operation, LeaseId lease, RefusalCode code, string message) =>
        new(operation, lease, Refusal: new ProposalRefusal(code, message));
}

public sealed record ProposalRefusal(RefusalCode Code, string Message);

/// <summary>One workload of a lease went on to another phase. (Service, ordinal, attempt, phase) is its identity: a repeat changes nothing.</summary>
public sealed record WorkloadChanged(LeaseId Lease, WorkloadStatus Status) : ControlMessage;

/// <param name="Provenance">Preimage of the receipt's content hash.</param>
public sealed record ReceiptProposed(Signed<Receipt> Receipt, Provenance Provenance) : ControlMessage;

/// <summary>The lease's workloads are gone. Repeated on each connection until <see cref="Release"/>.</summary>
/// <param name="Seconds">Final billable seconds.</param>
public sealed record LeaseEnded(LeaseId Lease, long Seconds, CloseReason Reason) : ControlMessage;

/// <summary>Answers a <see cref="ChallengeSet"/>.</summary>
public sealed record ChallengeAnswered(ulong Era, int Slot, MemoryProof Proof) : ControlMessage;
