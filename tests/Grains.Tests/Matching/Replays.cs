using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

/// <summary>A match made again from its index says what its record says, and why somebody lost.</summary>
public sealed class Replays
{
    private static readonly Config Matches = Config.QuickThrowOnFailure.WithMaxTest(60);

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void What_was_asked_survives_its_bytes_and_no_others_are_read() => Check.One(Matches, Prop.ForAll(Seeds, seed =>
    {
        var order = new Crowd(seed).Order();
        var bytes = RequirementHash.Bytes(order).ToArray();

        Assert.Equal(RequirementHash.Of(order), RequirementHash.Of(RequirementReader.Read(bytes)!));
        // Without its last number it is the question of an operator that asks for no stake.
        Assert.Null(RequirementReader.Read(bytes.AsSpan(0, new Random(seed).Next(bytes.Length - sizeof(long)))));
        Assert.Null(RequirementReader.Read([.. bytes, 0]));
        bytes[new Random(seed).Next(bytes.Length)] ^= 0x40;
        RequirementReader.Read(bytes);
    }));

    [Fact]
    public void A_match_made_again_is_the_same_and_one_that_leaves_somebody_out_is_not() => Check.One(Matches, Prop.ForAll(Seeds, seed =>
    {
        var crowd = new Crowd(seed);
        var regions = Crowd.After(crowd.Deltas(300)).GroupBy(static row => row.Region)
            .Select(static group => KeyValuePair.Create(group.Key, World.Index(group))).ToArray();
        var order = crowd.Order();
        var record = RecordOf(seed, order, regions);
        MatchReplay Replay(MatchRecord other) => new(other, order, regions, RegionMap.Standard, false);

        Assert.Empty(Replay(record).Differences());
        Assert.NotEmpty(Replay(record with { ProvidersPassed = record.ProvidersPassed + 1 }).Differences());
        Assert.NotEmpty(Replay(record with { Excluded = record.Excluded.SetItem(7, record.Excluded[7] + 1) }).Differences());
        if (!record.Candidates.IsEmpty) Assert.NotEmpty(Replay(record with { Candidates = record.Candidates.RemoveAt(0) }).Differences());
    }));

    [Fact]
    public void Who_lost_learns_the_highest_ask_that_would_have_won()
    {
        var rows = Enumerable.Range(1, 8).Select(number => World.Provider(number) with
        {
            Prices = World.Provider(number).Prices with { PerGpu = 100_000 * number },
        }).ToImmutableArray();
        var regions = new[] { KeyValuePair.Create("germany", World.Index(rows)) };
        var remedies = new List<string>();
        for (var seed = 0; seed < 20; seed++)
        {
            var record = RecordOf(seed, World.Order(), regions);
            var second = record.Candidates[record.Ranking[1]];
            var told = Assert.Single(new MatchReplay(record, World.Order(), regions, RegionMap.Standard, false).Why(second.Provider));

            Assert.Null(told.ExcludedBy);
            Assert.Contains("of 8 by score and noise", told.Why, StringComparison.Ordinal);
            Assert.Equal(7, told.Factors.Count);
            remedies.Add(told.WouldHaveWon!);
        }

        // The one that came second is seldom so far behind that even for nothing it would have lost.
        Assert.Contains(remedies, static remedy => remedy.StartsWith("an ask of", StringComparison.Ordinal));
        Assert.All(remedies, static remedy => Assert.True(remedy.StartsWith("an ask of", StringComparison.Ordinal) || remedy.StartsWith("no price:", StringComparison.Ordinal), remedy));
    }

    [Theory]
    [InlineData("cpu 3000m")]
    [InlineData("any region")]
    [InlineData("a price of")]
    public void Who_was_excluded_learns_what_would_have_let_it_pass(string change)
    {
        var row = World.Provider(1);
        var order = change switch
        {
            "any region" => World.Order() with { Regions = ["france"] },
            "a price of" => World.Order() with { PriceCeiling = new RatePerHour(1000) },
            _ => World.Order(),
        };
        if (change == "cpu 3000m") row = row with { Free = row.Free with { CpuMillis = 3000 } };
        var regions = new[] { KeyValuePair.Create("germany", World.Index([row, World.Provider(2)])) };

        var told = Assert.Single(new MatchReplay(RecordOf(1, order, regions), order, regions, RegionMap.Standard, false).Why(row.Provider));

        Assert.Contains(HardFilters.NameOf(told.ExcludedBy!.Value), told.Why, StringComparison.Ordinal);
        Assert.Contains(change, told.WouldHaveWon!, StringComparison.Ordinal);
    }

    private static MatchRecord RecordOf(int seed, MatchRequirement order, IReadOnlyList<KeyValuePair<string, OfferIndex>> regions)
    {
        var draw = World.Seed(seed).Draw();
        var found = ShortlistMerge.Of([.. regions.Select(region => KeyValuePair.Create(region.Key, region.Value.Match(World.Query(order), draw)))], draw);
        var matched = Matched.Of(World.Seed(seed), order, found);
        var listed = regions.SelectMany(static region => region.Value.Rows).ToDictionary(static row => row.Key);
        return matched.Settle(
            [.. matched.Asked.Select(asked => (Bid?)Bids.Of(
                asked.Provider, listed[new OfferKey(asked.Provider, asked.GpuModel)], matched.RequestFor(asked), RegionMap.Standard, false, 0))],
            0);
    }
}
