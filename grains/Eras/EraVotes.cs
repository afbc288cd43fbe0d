using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Eras;

/// <summary>The rules of books, proposals and votes: who may say what, once.</summary>
public static class EraVotes
{
    public static Decision<EraState, string?> TakeBook(EraState state, Signed<ObservationsPublished> book, Address signer)
    {
        if (state.Books.TryGetValue(signer, out var known)) return new(state, known.Value == book.Value ? null : $"{signer} has published another book of era {book.Value.Era} already.");
        return new(state with { Books = state.Books.Add(signer, book) }, null, HasChanged: true);
    }

    public static Decision<EraState, string?> TakeProposal(EraState state, Signed<EraProposal> proposal, Address signer)
    {
        if (state.Proposals.TryGetValue(signer, out var known)) return new(state, known.Value == proposal.Value ? null : $"{signer} has proposed another record of era {proposal.Value.Era} already.");
        return new(state with { Proposals = state.Proposals.Add(signer, proposal) }, null, HasChanged: true);
    }

    public static Decision<EraState, string?> TakeVote(EraState state, Signed<EraRoot> vote, Address signer)
    {
        if (!state.Votes.TryGetValue(signer, out var known)) return new(state with { Votes = state.Votes.Add(signer, vote) }, null, HasChanged: true);
        if (known.Value == vote.Value) return new(state, null);
        var refusal = $"{signer} has voted otherwise for era {vote.Value.Era} already: the second vote is kept as evidence.";
        var isKnown = state.Equivocations.Any(other => other.Value == vote.Value) || state.Equivocations.Length >= Limits.KeptEquivocations;
        return isKnown ? new(state, refusal) : new(state with { Equivocations = state.Equivocations.Add(vote) }, refusal, HasChanged: true);
    }

    /// <returns>The votes of a quorum for one record, and so for one root, ascending by signer; empty where there is none yet.</returns>
    public static ImmutableArray<Signed<EraRoot>> Quorum(EraState state, OperatorWeights weights)
    {
        foreach (var votes in ByRecord(state))
        {
            ImmutableArray<KeyValuePair<Address, Signed<EraRoot>>> counted = [.. votes.Where(vote => weights.Contains(vote.Key))];
            if (weights.IsQuorum(counted.Select(static vote => vote.Key))) return [.. counted.Select(static vote => vote.Value)];
        }

        return [];
    }

    /// <summary>The records that the voters of a root mean, with their weight, the heaviest first.</summary>
    public static IEnumerable<(Hash256 Record, UInt128 Weight)> RecordsOf(EraRoot root, EraState state, OperatorWeights weights) =>
        ByRecord(state).Where(votes => votes.Key.Root == root)
            .Select(votes => (votes.Key.Record, Weight: weights.Of(votes.Select(static vote => vote.Key))))
            .OrderByDescending(static one => one.Weight).ThenBy(static one => one.Record);

    /// <summary>
    /// Whether no record can have a quorum any more, whatever those sign who have not signed: too many have signed for different ones, or
    /// that they sign none. Where somebody signs twice nothing follows from what he has signed.
    /// </summary>
    public static bool IsHopeless(EraState state, OperatorWeights weights)
    {
        if (!state.Equivocations.IsEmpty) return false;
        var refused = weights.Of(state.Votes.Where(static vote => vote.Value.Value.IsOfNothing()).Select(static vote => vote.Key));
        var (signed, most) = (UInt128.Zero, UInt128.Zero);
        foreach (var votes in ByRecord(state))
        {
            var weight = weights.Of(votes.Select(static vote => vote.Key));
            (signed, most) = (signed + weight, UInt128.Max(most, weight));
        }

        return !weights.IsQuorum(weights.Total - refused - signed + most);
    }

    /// <summary>
    /// A root says nothing of the books that it follows from, so that two records may come to one root: a vote is for the record that its
    /// signer's proposal names. One whose proposal is not known here may be for any.
    /// </summary>
    private static IEnumerable<IGrouping<(Hash256 Record, EraRoot Root), KeyValuePair<Address, Signed<EraRoot>>>> ByRecord(
        EraState state) => state.Votes.Where(vote => !vote.Value.Value.IsOfNothing() && state.Proposals.ContainsKey(vote.Key))
            .GroupBy(vote => (state.Proposals[vote.Key].Value.Record, vote.Value.Value));

    /// <summary>Whether it is this operator's turn to propose by now, and it has what it takes.</summary>
    public static bool MayPropose(EraState state, Address self, ulong era, OperatorWeights weights, EraTiming timing, long now)
    {
        if (state.Proposals.ContainsKey(self) || !weights.IsQuorum(state.Books.Keys)) return false;
        var hasAll = weights.Operators.All(state.Books.ContainsKey);
        if (!hasAll && !timing.IsGathered(era, now)) return false;
        return HadTurn(era, weights, timing, now).Contains(self);
    }

    /// <summary>
    /// Proposers take turns: whoever had one by now may be followed, the first one first, so that all follow the same. Who has proposed
    /// itself follows nobody else.
    /// </summary>
    public static IEnumerable<Signed<EraProposal>> Votable(
        EraState state, Address self, ulong era, OperatorWeights weights, EraTiming timing, long now) =>
        state.Proposals.TryGetValue(self, out var own)
            ? [own]
            : HadTurn(era, weights, timing, now).Where(state.Proposals.ContainsKey).Select(proposer => state.Proposals[proposer]);

    private static IEnumerable<Address> HadTurn(ulong era, OperatorWeights weights, EraTiming timing, long now)
    {
        var rounds = Math.Min(timing.RoundAt(era, now), weights.Count - 1);
        for (var round = 0L; round <= rounds; round++) yield return weights.Proposer(era, round);
    }
}
