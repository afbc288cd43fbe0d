using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

public sealed class TrustTiers
{
    private static readonly TrustTierTable s_table = TrustTierTable.Standard;

    [Fact]
    public void A_new_provider_climbs_to_the_top_in_as_many_eras_as_the_table_says()
    {
        var (standing, eras) = (TrustStanding.New, 0);
        while (standing.Tier > 1)
        {
            standing = TrustTier.After(standing, 1_000_000, s_table);
            eras++;
        }

        Assert.Equal(5 + 11 + 17 + 23 + 30, eras);
    }

    [Fact]
    public void A_bad_streak_demotes_and_cools_down()
    {
        var standing = new TrustStanding(5, 10, 0, 0);
        for (var era = 0; era < 7; era++) standing = TrustTier.After(standing, 0, s_table);
        Assert.Equal(new TrustStanding(6, 0, 0, TrustTier.CooldownEras), standing);

        for (var era = 0; era < TrustTier.CooldownEras + 4; era++) standing = TrustTier.After(standing, 1_000_000, s_table);
        Assert.Equal(6, standing.Tier);
        Assert.Equal(5, TrustTier.After(standing, 1_000_000, s_table).Tier);
    }

    [Fact]
    public void One_bad_era_starts_the_climb_anew_and_demotes_nobody()
    {
        var standing = TrustTier.After(new TrustStanding(4, 16, 0, 0), 940_000, s_table);

        Assert.Equal(new TrustStanding(4, 0, 1, 0), standing);
    }

    [Fact]
    public void Maintenance_and_eras_that_nobody_saw_change_nothing()
    {
        var standing = new TrustStanding(3, 4, 0, 2);

        Assert.Equal(standing, TrustTier.After(standing, null, s_table));
    }

    [Fact]
    public void More_uptime_never_ends_in_a_worse_tier() => Prop.ForAll(Standings().ToArbitrary(), Uptimes().ToArbitrary(), Uptimes().ToArbitrary(), (standing, one, other) =>
        TrustTier.After(standing, Math.Max(one, other), s_table).Tier <= TrustTier.After(standing, Math.Min(one, other), s_table).Tier).QuickCheckThrowOnFailure();

    [Fact]
    public void A_standing_stays_on_the_ladder_one_step_at_a_time() => Prop.ForAll(Standings().ToArbitrary(), Uptimes().ToArbitrary(), (standing, uptime) =>
    {
        var after = TrustTier.After(standing, uptime, s_table);
        return after.Tier is >= 1 and <= 7 && Math.Abs(after.Tier - standing.Tier) <= 1 && after is { GoodEras: >= 0 and < 32, BadEras: >= 0 and < 32 };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rewards_are_units_times_base_times_trust_rounded_down()
    {
        // One GPU of multiplier 1.5 for half an hour at 2 tokens an hour, tier 4 (1.2): 1.5 × 0.5 × 2 × 1.2.
        Assert.Equal(new Money(1_800_000), EraReward.RoundedDown(1_500 * 1_800, 950_000, 4, new RatePerHour(2_000_000), s_table));
        Assert.Equal(Money.Zero, EraReward.RoundedDown(1, 1_000_000, 6, new RatePerHour(3_599), s_table));
        Assert.Equal(Money.Zero, EraReward.RoundedDown(1_500 * 1_800, 949_999, 4, new RatePerHour(2_000_000), s_table));
        Assert.Equal(Money.Zero, EraReward.RoundedDown(1_500 * 1_800, 1_000_000, 7, new RatePerHour(2_000_000), s_table));
    }

    [Fact]
    public void Leaves_carry_what_was_earned_since_genesis_and_never_more_than_the_machine_can_do()
    {
        var weights = SomeEras.Weights(1, 1);
        ObservationBook[] books = [SomeEras.Book(0, SomeEras.Heard(100, 64, units: 60_000_000)), SomeEras.Book(1, SomeEras.Heard(100, 64, units: 60_000_000))];

        var first = SomeEras.Only(EraLeaves.Next([], books, weights, SomeEras.Rules));
        var second = SomeEras.Only(EraLeaves.Next([first], books, weights, SomeEras.Rules));

        Assert.Equal(86_400_000UL, first.Leaf.Units);
        Assert.Equal(Money.FromTokens(24), first.Leaf.Rewards);
        Assert.Equal(Money.FromTokens(48), second.Leaf.Rewards);
    }

    private static Gen<TrustStanding> Standings() =>
        from tier in Gen.Choose(1, 7)
        from good in Gen.Choose(0, (s_table[tier].UpgradeAfterEras ?? 1) - 1)
        from bad in Gen.Choose(0, (s_table[tier].DowngradeAfterEras ?? 1) - 1)
        from cooldown in Gen.Choose(0, TrustTier.CooldownEras)
        select new TrustStanding(tier, good, bad, cooldown);

    private static Gen<uint> Uptimes() => Gen.Choose(700_000, 1_000_000).Select(static ppm => (uint)ppm);
}
