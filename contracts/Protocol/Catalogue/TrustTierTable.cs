using System.Collections.Immutable;

namespace Grid.Protocol.Catalogue;

/// <summary>The seven tiers of <c>trust-tiers.csv</c>, most trusted first.</summary>
public sealed class TrustTierTable
{
    /// <summary>Where a new provider starts.</summary>
    public const int StartingTier = 6;

    private TrustTierTable(ImmutableArray<TrustTierRow> tiers) => Tiers = tiers;

    public static TrustTierTable Standard { get; } = new([.. CsvTable.ReadEmbedded("trust-tiers.csv").Select(Read)]);

    public ImmutableArray<TrustTierRow> Tiers { get; }

    /// <param name="number">1 to 7.</param>
    public TrustTierRow this[int number] => Tiers[number - 1];

    /// <summary>The tiers of a name as manifests use it: <c>secured-2</c> is one tier, <c>community</c> four; empty for an unknown name.</summary>
    public ImmutableArray<TrustTierRow> InGroup(string name) =>
        [.. Tiers.Where(tier => tier.Group == name || tier.Group.AsSpan(0, tier.Group.IndexOf('-', StringComparison.Ordinal)).SequenceEqual(name))];

    private static TrustTierRow Read(string[] row) => new(
        (int)Decimals.Scaled(row[0], 0),
        row[1],
        row[2],
        (int)Decimals.Scaled(row[3], 0),
        Optional(row[4]),
        (int)Decimals.Scaled(row[5], 3),
        Optional(row[6]),
        Optional(row[7]));

    private static int? Optional(string text) => text.Length == 0 ? null : (int)Decimals.Scaled(text, 0);
}
