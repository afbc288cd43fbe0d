using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Slashing;

/// <summary>Which of a node's receipts dismiss a case: of different operators, within the interval, with more than a third of the weight together.</summary>
internal static class AppealReceipts
{
    /// <returns>One of each operator, in no certain order.</returns>
    public static IReadOnlyList<SeenReceipt> Fitting(IEnumerable<Signed<Seen>> receipts, ProviderId provider, long fromUnixSeconds, long toUnixSeconds, Eip712Domain domain) =>
    [
        .. receipts
            .Where(receipt => receipt.Value is { } seen && seen.Provider == provider && seen.AtUnixSeconds >= fromUnixSeconds && seen.AtUnixSeconds < toUnixSeconds)
            .Select(receipt => receipt.Recover(domain) is { } signer ? new SeenReceipt(signer, receipt.Value.AtUnixSeconds, receipt.Signature) : null)
            .OfType<SeenReceipt>()
            .DistinctBy(static receipt => receipt.Operator),
    ];

    /// <returns>The heaviest that are enough; null where all together are not.</returns>
    public static IReadOnlyList<SeenReceipt>? Enough(IEnumerable<(SeenReceipt Receipt, Money Weight)> receipts, Money totalWeight)
    {
        var (chosen, weight) = (new List<SeenReceipt>(), (Int128)0);
        foreach (var (receipt, its) in receipts.Where(static one => one.Weight > Money.Zero).OrderByDescending(static one => one.Weight).ThenBy(static one => one.Receipt.Operator))
        {
            if (chosen.Count == Protocol.Eras.Limits.MaxOperators) return null;
            chosen.Add(receipt);
            weight += its.MicroUnits;
            if (weight * 3 > totalWeight.MicroUnits) return chosen;
        }

        return null;
    }
}
