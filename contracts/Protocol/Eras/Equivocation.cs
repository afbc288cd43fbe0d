using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Eras;

/// <summary>Two different roots of one era, signed by one operator: what convicts it, whoever shows it.</summary>
public sealed record Equivocation(Address Operator, Signed<EraRoot> First, Signed<EraRoot> Second)
{
    public ulong Era => First.Value.Era;

    /// <param name="votes">From anywhere, in any order; what is not signed counts for nobody.</param>
    /// <returns>One for each operator that signed two roots of the era, by address.</returns>
    public static IReadOnlyList<Equivocation> Among(ulong era, IEnumerable<Signed<EraRoot>> votes, Eip712Domain domain)
    {
        var first = new SortedDictionary<Address, Signed<EraRoot>>();
        var found = new SortedDictionary<Address, Equivocation>();
        foreach (var vote in votes)
        {
            if (vote?.Value is not { } root || root.Era != era || vote.Recover(domain) is not { } signer) continue;
            if (!first.TryAdd(signer, vote) && first[signer].Value != root)
                found.TryAdd(signer, new Equivocation(signer, first[signer], vote));
        }

        return [.. found.Values];
    }
}
