using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Eras;

/// <summary>The rules of the ladder (<c>trust-tiers.csv</c>).</summary>
public static class TrustTier
{
    private const uint PpmPerPercent = EraLeaf.FullPpm / 100;

    /// <summary>What a demotion costs beyond the tier.</summary>
    public const int CooldownEras = 3;

    /// <param name="uptimePpm">Null where the era says nothing of the provider: too few operators could see it, or it was in maintenance. It keeps its standing.</param>
    public static TrustStanding After(TrustStanding standing, uint? uptimePpm, TrustTierTable table)
    {
        if (uptimePpm is not { } uptime) return standing;
        if (uptime < MinUptimePpm(table[standing.Tier])) return AfterBad(standing, table[standing.Tier]);
        if (standing.CooldownEras > 0) return standing with { GoodEras = 0, BadEras = 0, CooldownEras = standing.CooldownEras - 1 };
        if (standing.Tier == 1 || uptime < MinUptimePpm(table[standing.Tier - 1])) return standing with { GoodEras = 0, BadEras = 0 };
        return AfterGood(standing, table[standing.Tier]);
    }

    /// <summary>Whether an era with this uptime earns anything.</summary>
    public static bool IsRewarded(int tier, uint uptimePpm, TrustTierTable table) => uptimePpm >= MinUptimePpm(table[tier]);

    private static TrustStanding AfterGood(TrustStanding standing, TrustTierRow tier)
    {
        var good = standing.GoodEras + 1;
        return good >= tier.UpgradeAfterEras ? new TrustStanding(standing.Tier - 1, 0, 0, 0) : standing with { GoodEras = good, BadEras = 0 };
    }

    private static TrustStanding AfterBad(TrustStanding standing, TrustTierRow tier)
    {
        var bad = standing.BadEras + 1;
        return bad >= tier.DowngradeAfterEras
            ? new TrustStanding(standing.Tier + 1, 0, 0, CooldownEras)
            : standing with { GoodEras = 0, BadEras = tier.DowngradeAfterEras is null ? 0 : bad };
    }

    private static uint MinUptimePpm(TrustTierRow tier) => (uint)tier.MinUptimePercent * PpmPerPercent;
}
