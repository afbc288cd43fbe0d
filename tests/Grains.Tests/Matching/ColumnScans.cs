using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

/// <summary>The columns decide as each listing judged by itself does.</summary>
public sealed class ColumnScans
{
    private static readonly Config Worlds = Config.QuickThrowOnFailure.WithMaxTest(150);

    private static readonly Arbitrary<(int Seed, int Count)> Cases =
        Gen.Choose(0, 1_000_000).SelectMany(seed => Gen.Choose(0, 600).Select(count => (seed, count))).ToArbitrary();

    [Fact]
    public void Whatever_is_asked_of_whatever_has_changed_equals_a_naive_full_sort() => Check.One(Worlds, Prop.ForAll(Cases, world =>
    {
        var crowd = new Crowd(world.Seed);
        var deltas = crowd.Deltas(world.Count).ToArray();
        var index = IndexOf(deltas);
        var rows = Crowd.After(deltas);
        for (var question = 0; question < 4; question++) AssertNaive(rows, crowd.Order(), World.Draw(question), index);
    }));

    [Fact]
    public void Many_orders_in_one_pass_find_what_each_finds_alone() => Check.One(Worlds.WithMaxTest(40), Prop.ForAll(Cases, world =>
    {
        var crowd = new Crowd(world.Seed);
        var index = IndexOf(crowd.Deltas(world.Count));
        var waiting = Enumerable.Range(0, Grid.Matching.Limits.MatchesInOnePass).Select(number => new WaitingMatch(World.Query(crowd.Order()), World.Draw(number))).ToArray();

        var together = index.MatchAll(waiting);

        Assert.Equal(waiting.Length, together.Length);
        for (var i = 0; i < waiting.Length; i++) AssertSame(index.Match(waiting[i].Query, waiting[i].Draw), together[i]);
    }));

    /// <summary>Several chunks of one kind, more that contend than are kept at once, and equal scores wherever one looks.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(400)]
    public void Thousands_of_nearly_equal_listings_equal_a_naive_full_sort(int prices)
    {
        var rows = Enumerable.Range(1, 5000).Select(number => World.Provider(number, owner: number % 900) with
        {
            Prices = World.Provider(1).Prices with { PerGpu = 100_000 + number % prices },
        }).ToImmutableArray();

        AssertNaive(rows, World.Order(), World.Draw(prices), World.Index(rows));
    }

    [Fact]
    public void A_provider_is_counted_once_however_many_of_its_models_fit()
    {
        string[] models = ["rtx4090", "h100", "homemade"];
        var rows = Enumerable.Range(1, 200).SelectMany(number => models.Take(1 + number % 3).Select(model => World.Provider(number) with
        {
            Gpu = World.Provider(number).Gpu with { Model = model },
        })).ToImmutableArray();

        var found = World.Index(rows).Match(World.Query(World.Order()), World.Draw(1));

        Assert.Equal((200, rows.Length), (found.ProvidersPassed, found.ListingsScanned));
    }

    [Fact]
    public void More_orders_than_one_pass_serves_are_refused()
    {
        var waiting = Enumerable.Repeat(new WaitingMatch(World.Query(World.Order()), World.Draw(1)), Grid.Matching.Limits.MatchesInOnePass + 1).ToArray();

        Assert.Throws<ArgumentException>(() => World.Index([]).MatchAll(waiting));
    }

    private static OfferIndex IndexOf(IEnumerable<OfferDelta> deltas)
    {
        var index = World.Index([]);
        foreach (var delta in deltas) index.Apply(delta);
        return index;
    }

    private static void AssertNaive(ImmutableArray<OfferRow> rows, MatchRequirement order, MatchDraw draw, OfferIndex index)
    {
        var judged = rows.Select(row => (Row: row, Judged: World.Judge(row, order))).ToArray();
        var passed = judged.Where(static entry => entry.Judged.ExcludedBy is null).ToArray();
        var excluded = new int[HardFilters.Count];
        foreach (var entry in judged)
        {
            if (entry.Judged.ExcludedBy is { } filter) excluded[(int)filter]++;
        }

        var found = index.Match(World.Query(order), draw);

        Assert.Equal(excluded, found.Excluded);
        Assert.Equal(passed.Select(static entry => entry.Row.Provider).Distinct().Count(), found.ProvidersPassed);
        Assert.Equal(BestOf(passed, draw), found.Candidates);
    }

    private static IEnumerable<MatchCandidate> BestOf((OfferRow Row, Judgement Judged)[] passed, MatchDraw draw)
    {
        var owners = new HashSet<Address>();
        return passed
            .OrderByDescending(static entry => entry.Judged.Score)
            .ThenByDescending(entry => draw.TieBreak(entry.Row.Owner))
            .ThenBy(static entry => entry.Row.Key)
            .Where(entry => owners.Add(entry.Row.Owner))
            .Take(MatchLimits.MaxCandidates)
            .Select(static entry => new MatchCandidate(
                entry.Row.Provider, entry.Row.Owner, entry.Row.Gpu.Model, entry.Judged.Ask, entry.Judged.Factors, entry.Judged.Score, 0, entry.Row.Gpu.IsPretended));
    }

    private static void AssertSame(Shortlist alone, Shortlist together)
    {
        Assert.Equal(alone.Candidates, together.Candidates);
        Assert.Equal(alone.Excluded, together.Excluded);
        Assert.Equal(alone with { Candidates = [], Excluded = [] }, together with { Candidates = [], Excluded = [] });
    }
}
