using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Eras;

/// <summary>Where a provider stands on the ladder of trust.</summary>
/// <param name="Tier">1 (most trusted) to 7.</param>
/// <param name="GoodEras">In a row, each good enough for the next better tier.</param>
/// <param name="BadEras">In a row, each below this tier's own minimum.</param>
/// <param name="CooldownEras">After a demotion: eras in which nothing counts towards a promotion.</param>
public readonly record struct TrustStanding(int Tier, int GoodEras, int BadEras, int CooldownEras)
{
    public static TrustStanding New { get; } = new(TrustTierTable.StartingTier, 0, 0, 0);
}
