using System.Collections.Immutable;
using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>All leaves of a batch, by index. Cumulative: nothing in it ever falls from one final batch to the next.</summary>
public sealed record SettlementBook(ImmutableArray<BookedPayer> Payers, ImmutableArray<ProviderLeaf> Providers, ImmutableArray<BookedLease> Leases)
{
    public static SettlementBook Empty { get; } = new([], [], []);

    public SettlementTrees Trees() => new(
        [.. Payers.Select(static payer => payer.Leaf)],
        Providers,
        [.. Leases.Select(static lease => new LeaseLeaf(lease.Lease, lease.Charged))]);

    public static SettlementBook Of(IReadOnlyList<SettlementPart> parts) => new(
        [.. parts.SelectMany(static part => part.Payers)],
        [.. parts.SelectMany(static part => part.Providers)],
        [.. parts.SelectMany(static part => part.Leases)]);

    /// <summary>The book in rows that each hold a bounded stretch of it; at least one.</summary>
    public IReadOnlyList<SettlementPart> Parts()
    {
        var longest = Math.Max(Payers.Length, Math.Max(Providers.Length, Leases.Length));
        var count = Math.Max(1, (longest + Limits.LeavesPerPage - 1) / Limits.LeavesPerPage);
        return [.. Enumerable.Range(0, count).Select(page => new SettlementPart(Stretch(Payers, page), Stretch(Providers, page), Stretch(Leases, page)))];
    }

    private static ImmutableArray<T> Stretch<T>(ImmutableArray<T> leaves, int page)
    {
        var start = Math.Min(leaves.Length, page * Limits.LeavesPerPage);
        return leaves.Slice(start, Math.Min(Limits.LeavesPerPage, leaves.Length - start));
    }
}
