using FsCheck.Fluent;
using Grid.Protocol;
using Grid.Reputation;

namespace Grid.Tests.Grains.Reputation;

public sealed class ReputationRules
{
    [Fact]
    public void A_lease_counts_once_however_often_it_is_told()
    {
        var once = Reputations.Record(new ReputationState(), Outcome(1, isGood: true, 500, days: 0));
        var twice = Reputations.Record(once.State, Outcome(1, isGood: false, 900, days: 1));

        Assert.True(once.HasChanged);
        Assert.False(twice.HasChanged);
        Assert.Equal((500, 500), (twice.State.GoodWeight, twice.State.TotalWeight));
    }

    [Fact]
    public void An_outcome_counts_half_after_thirty_days()
    {
        var state = Reputations.Record(new ReputationState(), Outcome(1, isGood: true, 1_000_000, days: 0)).State;

        Assert.InRange(Reputations.Standing(state, Some.Now.AddDays(30)).GoodWeight, 499_900, 500_000);
        Assert.InRange(Reputations.Standing(state, Some.Now.AddDays(60)).GoodWeight, 249_900, 250_000);
        Assert.Equal(1_000_000, Reputations.Standing(state, Some.Now.AddHours(23)).GoodWeight);
    }

    [Fact]
    public void A_lease_that_burned_nothing_does_not_age_the_next_one()
    {
        var idle = Reputations.Record(new ReputationState(), Outcome(1, isGood: true, 0, days: 0)).State;
        var paid = Reputations.Record(idle, Outcome(2, isGood: true, 1_000_000, days: 100)).State;

        Assert.Equal(1_000_000, Reputations.Standing(paid, Some.Now.AddDays(100).AddHours(5)).GoodWeight);
    }

    [Fact]
    public void Good_never_exceeds_all_and_nothing_is_negative_at_any_time()
    {
        var step =
            from lease in Gen.Choose(0, 300)
            from isGood in Gen.Elements(true, false)
            from fee in Gen.Elements<long>(0, 1, 999, 1_000_000, 1L << 50)
            from days in Gen.Choose(-5, 90)
            select (Lease: lease, IsGood: isGood, Fee: fee, Days: days);

        Properties.ForAllSequences(step, 100, steps =>
        {
            var (state, today) = (new ReputationState(), 0);
            foreach (var (lease, isGood, fee, days) in steps)
            {
                today = Math.Max(0, today + days);
                state = Reputations.Record(state, Outcome(lease, isGood, fee, today)).State;
                var standing = Reputations.Standing(state, Some.Now.AddDays(today));
                Assert.InRange(standing.GoodWeight, 0, standing.TotalWeight);
                var later = Reputations.Standing(state, Some.Now.AddDays(today + 500));
                Assert.InRange(later.TotalWeight, 0, standing.TotalWeight);
            }
        });
    }

    [Fact]
    public void A_new_provider_starts_in_tier_six_without_a_record() =>
        Assert.Equal(new ReputationStanding(0, 0, 6, 0, 0, 0, 0, Money.Zero), Reputations.Standing(new ReputationState(), Some.Now));

    private static LeaseOutcome Outcome(int lease, bool isGood, long fee, int days) => new(Some.Lease(lease), isGood, new Money(fee), Some.Now.AddDays(days));
}
