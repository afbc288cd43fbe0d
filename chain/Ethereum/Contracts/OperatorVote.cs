using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>An operator's signature under an era's root or a fault.</summary>
public sealed record OperatorVote(Address Operator, Signature Signature);

internal static class OperatorVotes
{
    /// <summary>As the contracts want them: strictly ascending by signer.</summary>
    public static AbiValue Ascending(this IEnumerable<OperatorVote> votes)
    {
        var sorted = votes.OrderBy(vote => vote.Operator).ToArray();
        return sorted.Length <= Limits.MaxOperatorVotes
            ? sorted.Select(vote => vote.Signature).ToAbi()
            : throw new ArgumentException($"{sorted.Length} votes; the contracts take at most {Limits.MaxOperatorVotes}.", nameof(votes));
    }
}
