using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/eras</c>: where this operator is with the eras.</summary>
/// <param name="Current">The era that runs now; null before genesis.</param>
/// <param name="LastCommitted">Null before the first one.</param>
/// <param name="Operators">The operator set by which this operator counts.</param>
public sealed record EraOverview(
    ulong? Current,
    ulong NextUndecided,
    ulong? LastCommitted,
    long GenesisSeconds,
    long EraSeconds,
    long TickSeconds,
    RatePerHour RewardBase,
    IReadOnlyList<OperatorWeight> Operators);

public sealed record OperatorWeight(Address Operator, ulong Weight);

/// <summary><c>GET /v1/eras/{n}</c>: all that this operator knows of an era. Whatever matters in it is signed by who says it.</summary>
/// <param name="Stage"><c>observing</c>, <c>gathering</c>, <c>voted</c>, <c>submitted</c>, <c>committed</c>, <c>final</c>, <c>missed</c>.</param>
/// <param name="Record">Keccak-256 of the era's record, as <c>/v1/eras/files</c> has it; null where there is none.</param>
/// <param name="Root">Of the commit, or else of this operator's own vote; null before.</param>
/// <param name="Objection">Why this operator has not voted.</param>
/// <param name="Equivocations">Second votes of operators who had voted otherwise: evidence.</param>
public sealed record EraStatus(
    ulong Era,
    string Stage,
    Hash256? Record,
    EraRoot? Root,
    IReadOnlyList<Signed<ObservationsPublished>> Books,
    IReadOnlyList<Signed<EraProposal>> Proposals,
    IReadOnlyList<Signed<EraRoot>> Votes,
    IReadOnlyList<Signed<EraRoot>> Equivocations,
    string? Objection,
    string? Transaction);
