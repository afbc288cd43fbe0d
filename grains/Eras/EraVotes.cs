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

    /// <returns>The votes of a quorum for one root, ascending by signer; empty where there is none yet.</returns>
    public static ImmutableArray<Signed<EraRoot>> Quorum(EraState state, OperatorWeights weights)
    {
        foreach (var (_, candidate) in state.Votes)
        {
            if (candidate.Value.IsOfNothing()) continue;
            ImmutableArray<KeyValuePair<Address, Signed<EraRoot>>> votes = [.. state.Votes.Where(vote => vote.Value.Value == candidate.Value && weights.Contains(vote.Key))];
            if (weights.IsQuorum(votes.Select(static vote => vote.Key))) return [.. votes.Select(static vote => vote.Value)];
        }

        return [];
    }

    /// <summary>
    /// Whether no root can have a quorum any more, whatever those sign who have not signed: too many have signed different roots, or that they
    /// sign none. Where somebody signs twice nothing follows from what he has signed.
    /// </summary>
    public static bool IsHopeless(EraState state, OperatorWeights weights)
    {
        if (!state.Equivocations.IsEmpty) return false;
        var undecided = weights.Total - weights.Of(state.Votes.Keys);
        var most = UInt128.Zero;
        foreach (var votes in state.Votes.Where(static vote => !vote.Value.Value.IsOfNothing()).GroupBy(static vote => vote.Value.Value))
            most = UInt128.Max(most, weights.Of(votes.Select(static vote => vote.Key)));
        return !weights.IsQuorum(undecided + most);
    }

    /// <summary>Whether it is this operator's turn to propose by now, and it has what it takes.</summary>
    public static bool MayPropose(EraState state, Address self, ulong era, OperatorWeights weights, EraTiming timing, long now)
    {
        if (state.Proposals.ContainsKey(self) || !weights.IsQuorum(state.Books.Keys)) return false;
        var hasAll = weights.Operators.All(state.Books.ContainsKey);
        if (!hasAll && !timing.IsGathered(era, now)) return false;
        return HadTurn(era, weights, timing, now).Contains(self);
    }

    /// <summary>Proposers take turns: whoever had one by now may be followed, the first one first, so that all follow the same.</summary>
    public static IEnumerable<Signed<EraProposal>> InTurn(EraState state, ulong era, OperatorWeights weights, EraTiming timing, long now) =>
        HadTurn(era, weights, timing, now).Where(state.Proposals.ContainsKey).Select(proposer => state.Proposals[proposer]);

    private static IEnumerable<Address> HadTurn(ulong era, OperatorWeights weights, EraTiming timing, long now)
    {
        var rounds = Math.Min(timing.RoundAt(era, now), weights.Count - 1);
        for (var round = 0L; round <= rounds; round++) yield return weights.Proposer(era, round);
    }
}
