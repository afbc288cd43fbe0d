using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Eras;

/// <summary>
/// One era: this operator's observations → everybody's books → a record and its tree → a quorum of votes → commit → final. Level-triggered:
/// <see cref="Advance"/> does whatever can be done by now, and any call may be lost or repeated. Key: the era's number.
/// </summary>
[Alias("Grid.Eras.IEraGrain")]
public interface IEraGrain : IGrainWithStringKey
{
    /// <summary>A slot is over and all that was heard in it is stored. A slot that is never told counts as not vouched for.</summary>
    /// <param name="isUp">Whether this operator was up throughout, and not cut off itself.</param>
    [Alias("SlotEnded")]
    Task SlotEnded(int slot, bool isUp);

    /// <param name="basis">The last committed era; null while an era before this one may still be signed by this operator.</param>
    [Alias("Advance")]
    Task<EraView> Advance(EraBasis? basis);

    /// <summary>Another operator's book, whose bytes lie in the era files already. One an operator.</summary>
    /// <returns>Null where it counts; else why not.</returns>
    [Alias("TakeBook")]
    Task<string?> TakeBook(Signed<ObservationsPublished> book);

    /// <summary>Another operator's proposal, whose record lies in the era files already. One an operator.</summary>
    [Alias("TakeProposal")]
    Task<string?> TakeProposal(Signed<EraProposal> proposal);

    /// <summary>Another operator's vote. Its first counts; a second, different one is kept as evidence of equivocation.</summary>
    [Alias("TakeVote")]
    Task<string?> TakeVote(Signed<EraRoot> vote);

    /// <summary>The chain has taken this root. Idempotent.</summary>
    /// <param name="record">The record with this root, where the operator has it or could fetch it; zero otherwise.</param>
    [Alias("Committed")]
    Task Committed(EraRoot root, Hash256 record, string? transaction);

    /// <summary>The chain will not take the commit back any more.</summary>
    [Alias("Finalized")]
    Task Finalized();

    /// <summary>A reorganization has taken the commit back: it is handed in again.</summary>
    [Alias("RolledBack")]
    Task RolledBack();

    // A pure read of acknowledged state, also while the era is being computed.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<EraView> GetView();
}

/// <param name="Record">Of the last committed era before; zero where there is none.</param>
[GenerateSerializer, Alias("Grid.Eras.EraBasis")]
public sealed record EraBasis(Hash256 Record);

/// <param name="Record">The record that <paramref name="Root"/> is the root of, in the era files; zero where there is none yet.</param>
/// <param name="Root">Of the commit, or else of this operator's own vote.</param>
/// <param name="Books">This operator's own one and those that it has taken.</param>
/// <param name="Objection">Why this operator has not voted for the last proposal that it looked at.</param>
/// <param name="Equivocations">Second votes of operators who had voted otherwise.</param>
/// <param name="IsForgone">Whether this operator has signed that it signs no root of the era: the next one need not wait for it.</param>
[GenerateSerializer, Alias("Grid.Eras.EraView")]
public sealed record EraView(
    ulong Era,
    EraStage Stage,
    ulong Up,
    Hash256 Record,
    EraRoot? Root,
    ImmutableArray<Signed<ObservationsPublished>> Books,
    ImmutableArray<Signed<EraProposal>> Proposals,
    ImmutableArray<Signed<EraRoot>> Votes,
    ImmutableArray<Signed<EraRoot>> Equivocations,
    string? Objection,
    string? Transaction,
    bool IsForgone = false);
