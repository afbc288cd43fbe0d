using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

public sealed class ExactMatch
{
    private static readonly Config Worlds = Config.QuickThrowOnFailure.WithMaxTest(120);

    private static readonly Arbitrary<(int Seed, int Count)> Cases =
        Gen.Choose(0, 1_000_000).SelectMany(seed => Gen.Choose(0, 400).Select(count => (seed, count))).ToArbitrary();

    [Fact]
    public void The_shortlist_equals_a_naive_full_sort() => Check.One(Worlds, Prop.ForAll(Cases, world =>
    {
        var rows = World.Random(world.Seed, world.Count);
        var order = World.RandomOrder(world.Seed);
        var draw = World.Draw(world.Seed);

        var shortlist = World.Index(rows).Match(World.Query(order), draw);

        Assert.Equal(NaiveBest(rows, order, draw), shortlist.Candidates);
        Assert.Equal(NaiveCounts(rows, order), shortlist.Excluded);
        Assert.Equal(rows.Where(row => World.Judge(row, order).ExcludedBy is null).Select(row => row.Provider).Distinct().Count(), shortlist.ProvidersPassed);
    }));

    [Fact]
    public void The_order_in_which_listings_came_changes_nothing() => Check.One(Worlds, Prop.ForAll(Cases, world =>
    {
        var rows = World.Random(world.Seed, world.Count);
        var order = World.RandomOrder(world.Seed);
        var shuffled = rows.ToArray();
        new Random(world.Seed).Shuffle(shuffled);
        var index = World.Index(rows.Select(row => row with { BandwidthMbps = 1 }));
        foreach (var row in rows.Where((_, i) => i % 3 == 0)) index.Apply(OfferDelta.Remove(row.Key));
        foreach (var row in shuffled) index.Apply(OfferDelta.Upsert(row));

        var draw = World.Draw(world.Seed);
        Assert.Equal(World.Index(rows).Match(World.Query(order), draw).Candidates, index.Match(World.Query(order), draw).Candidates);
        Assert.Equal(rows.OrderBy(row => row.Key).Select(BytesOf), index.Rows.Select(BytesOf));
    }));

    [Fact]
    public void Splitting_a_provider_into_identities_of_one_owner_changes_nobodys_place() => Check.One(Worlds, Prop.ForAll(Cases, world =>
    {
        var rows = World.Random(world.Seed, world.Count);
        var order = World.Order();
        var identities = Enumerable.Range(10_000, 20).Select(number => World.Provider(number, owner: 5));
        var draw = World.Draw(world.Seed);

        var whole = World.Index([.. rows, World.Provider(10_000, owner: 5)]).Match(World.Query(order), draw);
        var split = World.Index([.. rows, .. identities]).Match(World.Query(order), draw);

        Assert.Equal(Places(whole, draw), Places(split, draw));
    }));

    [Fact]
    public void Regions_merged_give_the_match_of_one_index_of_all() => Check.One(Worlds, Prop.ForAll(Cases, world =>
    {
        var rows = World.Random(world.Seed, world.Count);
        var order = World.RandomOrder(world.Seed);
        var draw = World.Draw(world.Seed);
        var regions = rows.GroupBy(row => row.Region).Select(group => KeyValuePair.Create(group.Key, World.Index(group).Match(World.Query(order), draw))).ToArray();

        var merged = ShortlistMerge.Of(regions, draw);
        var whole = World.Index(rows).Match(World.Query(order), draw);

        Assert.Equal(whole.Candidates, merged.Candidates);
        Assert.Equal(whole.Excluded, merged.Excluded);
        Assert.Equal((whole.ListingsScanned, whole.ProvidersPassed), (merged.ListingsScanned, merged.ProvidersPassed));
    }));

    [Fact]
    public void Equal_scores_beyond_the_best_64_are_drawn_by_the_seed()
    {
        var index = World.Index(Enumerable.Range(1, 200).Select(number => World.Provider(number)));
        var query = World.Query(World.Order());

        var first = index.Match(query, World.Draw(1)).Candidates;
        var second = index.Match(query, World.Draw(2)).Candidates;

        Assert.Equal(MatchLimits.MaxCandidates, first.Length);
        Assert.NotEqual(first.Select(candidate => candidate.Owner).Order(), second.Select(candidate => candidate.Owner).Order());
    }

    [Fact]
    public void A_scan_allocates_nothing()
    {
        var index = World.Index(World.Random(7, 2000));
        var query = World.Query(World.Order());
        var draw = World.Draw(2);
        index.Scan(query, World.Draw(1));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var passed = index.Scan(query, draw);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(passed > 0);
        Assert.Equal(0, allocated);
    }

    /// <summary>Equal texts and lists are one in the index, so that rows can't be compared by reference.</summary>
    private static string BytesOf(OfferRow row)
    {
        var bytes = new CanonicalBytes();
        OfferDeltaBytes.Write(bytes, OfferDelta.Upsert(row));
        return Convert.ToHexString(bytes.Written);
    }

    private static IEnumerable<MatchCandidate> NaiveBest(ImmutableArray<OfferRow> rows, MatchRequirement order, MatchDraw draw)
    {
        var owners = new HashSet<Address>();
        return rows
            .Select(row => (Row: row, Judged: World.Judge(row, order)))
            .Where(entry => entry.Judged.ExcludedBy is null)
            .OrderByDescending(entry => entry.Judged.Score)
            .ThenByDescending(entry => draw.TieBreak(entry.Row.Owner))
            .ThenBy(entry => entry.Row.Key)
            .Where(entry => owners.Add(entry.Row.Owner))
            .Take(64)
            .Select(entry => new MatchCandidate(entry.Row.Provider, entry.Row.Owner, entry.Row.Gpu.Model, entry.Judged.Ask, entry.Judged.Factors, entry.Judged.Score, 0, false));
    }

    private static int[] NaiveCounts(ImmutableArray<OfferRow> rows, MatchRequirement order)
    {
        var counts = new int[HardFilters.Count];
        foreach (var row in rows)
            if (World.Judge(row, order).ExcludedBy is { } filter) counts[(int)filter]++;
        return counts;
    }

    private static IEnumerable<(Address, int)> Places(Shortlist shortlist, MatchDraw draw) =>
        MatchRanking.Rank(shortlist.Candidates, draw, MatchWeights.Default.Temperature).Select(candidate => (candidate.Owner, candidate.Rank));
}
