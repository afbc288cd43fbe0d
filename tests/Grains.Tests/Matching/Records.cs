using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

public sealed class Records
{
    [Fact]
    public void A_record_survives_its_bytes_and_verifies() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            var record = RecordOf(seed, 300);
            var bytes = MatchRecordCodec.Encode(record);

            Assert.True(MatchRecordCodec.TryDecode(bytes, out var decoded));
            Assert.Equal(bytes, MatchRecordCodec.Encode(decoded!));
            Assert.Empty(MatchVerification.Verify(decoded!));
        }));

    [Fact]
    public void An_order_that_nobody_fits_has_a_record_that_verifies_and_says_why()
    {
        var rows = World.Random(1, 30);
        var record = Settled(Match(1, World.Order() with { Token = "OTHER" }, rows), rows);

        Assert.True(MatchRecordCodec.TryDecode(MatchRecordCodec.Encode(record), out var decoded));
        Assert.Empty(MatchVerification.Verify(decoded!));
        Assert.Empty(decoded!.Ranking);
        Assert.Equal(30, MatchExplanation.Of(decoded).Excluded.Sum(excluded => excluded.Count));
    }

    [Fact]
    public void A_full_record_takes_at_most_eight_kibibytes()
    {
        var rows = Enumerable.Range(1, 100).Select(number => World.Provider(number));
        var record = Settled(Match(3, World.Order(), [.. rows]), [.. rows]);

        Assert.Equal((64, 16, 16), (record.Candidates.Length, record.Bids.Length, record.Ranking.Length));
        Assert.InRange(MatchRecordCodec.Encode(record).Length, 1, MatchLimits.MaxRecordBytes);
    }

    [Fact]
    public void Every_changed_number_is_found()
    {
        var record = RecordOf(11, 300);
        var first = record.Candidates[0];
        MatchRecord[] forgeries =
        [
            record with { Candidates = record.Candidates.SetItem(0, first with { Score = first.Score + 1 }) },
            record with { Candidates = record.Candidates.SetItem(0, first with { Noise = first.Noise + 1 }) },
            record with { Candidates = record.Candidates.SetItem(0, first with { Factors = first.Factors with { Uptime = first.Factors.Uptime ^ 1 } }) },
            record with { Candidates = record.Candidates.SetItem(0, first with { Owner = record.Candidates[1].Owner }) },
            record with { Candidates = [record.Candidates[1], first, .. record.Candidates.Skip(2)] },
            record with { Weights = record.Weights with { Price = 2400, Stake = 1100 } },
            record with { Weights = record.Weights with { Temperature = 501 } },
            record with { Seed = record.Seed with { Beacon = World.Digest(1) } },
            record with { Seed = record.Seed with { ChainIndex = 2 } },
            record with { Seed = record.Seed with { Order = new OrderId(World.Digest(5)) } },
            record with { Ranking = [.. record.Ranking.Reverse()] },
            record with { Bids = record.Bids.SetItem(0, record.Bids[0] with { Rate = first.Ask + new RatePerHour(1) }) },
            record with { Bids = record.Bids.SetItem(0, record.Bids[0] with { Score = record.Bids[0].Score - 1 }) },
            record with { Bids = record.Bids.RemoveAt(0) },
            record with { PriceCeiling = record.PriceCeiling * 2 },
            record with { ProvidersPassed = 1 },
        ];

        Assert.All(forgeries, forgery => Assert.NotEmpty(MatchVerification.Verify(forgery)));
    }

    [Fact]
    public void Hostile_bytes_are_refused_and_never_throw() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var bytes = MatchRecordCodec.Encode(RecordOf(11, 40));
            var cut = bytes[..random.Next(bytes.Length)];
            Assert.False(MatchRecordCodec.TryDecode(cut, out _));
            Assert.False(MatchRecordCodec.TryDecode([.. bytes, 0], out _));
            for (var i = 0; i < 20; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (MatchRecordCodec.TryDecode(bytes, out var decoded)) MatchVerification.Verify(decoded!);
        }));

    [Fact]
    public void A_bid_above_the_listing_or_a_refusal_is_recorded_and_not_ranked()
    {
        var rows = ImmutableArray.Create(World.Provider(1), World.Provider(2), World.Provider(3), World.Provider(4));
        var match = Match(1, World.Order(), rows);
        var bids = Answers(match, rows).ToArray();
        bids[0] = bids[0]! with { Rate = bids[0]!.Rate + new RatePerHour(1) };
        bids[1] = bids[1]! with { RefusedBy = HardFilter.GpuCount };
        bids[2] = null;

        var record = match.Settle(bids, 0);

        Assert.Equal([BidOutcome.AboveListed, BidOutcome.Refused, BidOutcome.NoAnswer, BidOutcome.Offered], record.Bids.Select(bid => bid.Outcome));
        Assert.Equal([3], record.Ranking);
        Assert.Empty(MatchVerification.Verify(record));
    }

    [Fact]
    public void A_cheaper_live_bid_moves_up()
    {
        var rows = ImmutableArray.Create(World.Provider(1), World.Provider(2));
        var match = Match(1, World.Order(), rows);
        var bids = Answers(match, rows).ToArray();
        var second = rows.Single(row => row.Provider == match.Ranked[1].Provider);
        var free = second with { Prices = default, Standing = second.Standing with { UptimeFactor = Factor.One, ReputationFactor = Factor.One } };
        bids[1] = Bids.Of(second.Provider, free, match.RequestFor(match.Ranked[1]), RegionMap.Standard, false, 0);

        var lead = match.Ranked[0].Rank - match.Ranked[1].Noise - bids[1]!.Score;
        Assert.Equal(lead < 0 ? [1, 0] : [0, 1], match.Settle(bids, 0).Ranking);
    }

    [Fact]
    public void The_explanation_adds_up_and_survives_JSON()
    {
        var record = RecordOf(11, 300);
        var explanation = MatchExplanation.Of(record, verify: true);
        var json = JsonSerializer.Serialize(explanation, MatchingJson.Default.MatchExplanation);
        var back = JsonSerializer.Deserialize(json, MatchingJson.Default.MatchExplanation)!;

        Assert.Empty(back.Differences!.Value);
        Assert.All(back.Candidates, candidate => Assert.InRange(candidate.ScorePpm - candidate.Factors.Sum(factor => factor.PointsPpm), 0, Factors.Count));
        Assert.Equal(record.Ranking.Select(place => record.Candidates[place].Provider), back.Ranking);
        Assert.Equal(json, JsonSerializer.Serialize(back, MatchingJson.Default.MatchExplanation));
    }

    [Fact]
    public void The_stored_bytes_of_a_known_match_never_change()
    {
        var rows = Enumerable.Range(1, 8).Select(number => World.Provider(number) with { Prices = World.Provider(number).Prices with { PerGpu = 100_000 * number } }).ToImmutableArray();
        var record = Settled(Match(42, World.Order() with { Regions = ["germany"] }, rows), rows);

        Assert.Equal(GoldenNumbers.IndexHash, record.Index.Hash.ToString());
        Assert.Equal(GoldenNumbers.RecordHash, new Hash256(SHA256.HashData(MatchRecordCodec.Encode(record))).ToString());
    }

    private static MatchRecord RecordOf(int seed, int count)
    {
        var rows = World.Random(seed, count);
        return Settled(Match(seed, World.Order(), rows), rows);
    }

    private static Matched Match(int seed, MatchRequirement order, ImmutableArray<OfferRow> rows) =>
        Matched.Of(World.Seed(seed), order, World.Index(rows).Match(World.Query(order), World.Seed(seed).Draw()));

    private static MatchRecord Settled(Matched match, ImmutableArray<OfferRow> rows) => match.Settle([.. Answers(match, rows)], 1_700_000_000_000);

    private static IEnumerable<Bid?> Answers(Matched match, ImmutableArray<OfferRow> rows) => match.Asked.Select(asked => (Bid?)Bids.Of(
        asked.Provider,
        rows.Single(row => row.Provider == asked.Provider),
        match.RequestFor(asked),
        RegionMap.Standard,
        false,
        1_700_000_030_000));
}
