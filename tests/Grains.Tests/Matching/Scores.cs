using FsCheck;
using FsCheck.Fluent;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

public sealed class Scores
{
    private static readonly Arbitrary<int[]> SevenFactors = Gen.Choose(0, Factor.One).ArrayOf(Factors.Count).ToArbitrary();

    [Fact]
    public void The_default_weights_are_sound_and_a_perfect_candidate_scores_one()
    {
        Assert.True(MatchWeights.Default.IsSound);
        Assert.Equal(Scoring.One, Scoring.Score(Of([.. Enumerable.Repeat(Factor.One, 7)]), MatchWeights.Default));
    }

    [Fact]
    public void A_score_never_falls_when_a_factor_rises() => Check.QuickThrowOnFailure(Prop.ForAll(
        SevenFactors,
        Gen.Choose(0, Factors.Count - 1).ToArbitrary(),
        (values, raised) =>
        {
            var higher = values.ToArray();
            higher[raised] = Factor.One;
            return Scoring.Score(Of(higher), MatchWeights.Default) >= Scoring.Score(Of(values), MatchWeights.Default);
        }));

    /// <summary>Between two candidates that differ in one factor, more weight on it never narrows the lead.</summary>
    [Fact]
    public void More_weight_on_a_factor_never_narrows_the_lead_of_who_is_better_in_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        SevenFactors,
        Gen.Choose(0, Factors.Count - 1).ToArbitrary(),
        Gen.Choose(0, 100).ToArbitrary(),
        (values, factor, percent) =>
        {
            var better = values.ToArray();
            better[factor] = Factor.One;
            var bound = WeightBounds.All[factor];
            var lighter = Reweighted(bound.Name, bound.Min + (bound.Max - bound.Min) * percent / 200);
            var heavier = Reweighted(bound.Name, bound.Min + (bound.Max - bound.Min) * percent / 100);
            return Lead(better, values, heavier) >= Lead(better, values, lighter);
        }));

    [Fact]
    public void Reweighting_refuses_unknown_factors_and_values_out_of_bounds()
    {
        Assert.False(WeightBounds.TryReweight([KeyValuePair.Create("luck", 1)], out _, out var unknown));
        Assert.Contains("expected one of region, price", unknown, StringComparison.Ordinal);
        Assert.False(WeightBounds.TryReweight([KeyValuePair.Create("slashRate", 0)], out var weights, out var outside));
        Assert.Contains("expected 50 to 500", outside, StringComparison.Ordinal);
        Assert.Equal(MatchWeights.Default, weights);
    }

    [Fact]
    public void Reweighted_weights_are_always_sound() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1000).ArrayOf(WeightBounds.All.Length).ToArbitrary(),
        points =>
        {
            var named = WeightBounds.All.Select((bound, i) => KeyValuePair.Create(bound.Name, Math.Clamp(points[i], bound.Min, bound.Max)));
            return WeightBounds.TryReweight(named, out var weights, out _) && weights.IsSound;
        }));

    [Fact]
    public void A_dominated_provider_never_scores_above_its_dominator() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            var order = World.RandomOrder(seed);
            foreach (var row in World.Random(seed, 20))
            {
                var judged = World.Judge(row, order);
                if (judged.ExcludedBy is not null) continue;
                var better = World.Judge(Dominator(row, new Random(seed)), order);
                Assert.Null(better.ExcludedBy);
                Assert.True(better.Score >= judged.Score, $"{better} does not reach {judged}");
            }
        }));

    [Fact]
    public void A_live_bid_is_judged_as_the_index_judges() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            var rows = World.Random(seed, 50);
            var order = World.RandomOrder(seed);
            var match = Matched.Of(World.Seed(seed), order, World.Index(rows).Match(World.Query(order), World.Seed(seed).Draw()));
            foreach (var asked in match.Asked)
            {
                var row = rows.Single(row => row.Provider == asked.Provider);
                var bid = Bids.Of(row.Provider, row, match.RequestFor(asked), RegionMap.Standard, false, 0);
                Assert.Equal((asked.Ask, asked.Factors, asked.Score), (bid.Rate, bid.Factors, bid.Score));
            }
        }));

    private static OfferRow Dominator(OfferRow row, Random random) => row with
    {
        Prices = row.Prices with { PerCore = row.Prices.PerCore / 2, PerGpu = row.Prices.PerGpu * random.Next(101) / 100 },
        Free = row.Free + new ResourceAmounts(random.Next(100_000), random.Next(100_000), new StorageAmounts(random.Next(1_000_000), 0, 0, 0), 1000 * random.Next(8), 1),
        Standing = row.Standing with
        {
            Stake = row.Standing.Stake + Money.FromTokens(random.Next(500)),
            SlashedPpm = row.Standing.SlashedPpm / 2,
            ErasServed = row.Standing.ErasServed + random.Next(40),
            UptimeFactor = Math.Min(Factor.One, row.Standing.UptimeFactor + random.Next(9000)),
            ReputationFactor = Math.Min(Factor.One, row.Standing.ReputationFactor + random.Next(9000)),
        },
    };

    private static Factors Of(int[] values) => new(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);

    private static MatchWeights Reweighted(string name, int value)
    {
        Assert.True(WeightBounds.TryReweight([KeyValuePair.Create(name, value)], out var weights, out var fault), fault);
        return weights;
    }

    private static int Lead(int[] better, int[] worse, MatchWeights weights) => Scoring.Score(Of(better), weights) - Scoring.Score(Of(worse), weights);
}
