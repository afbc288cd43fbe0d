using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Tests.Grains.Matching;

public sealed class Chance
{
    private const int Draws = 20_000;

    /// <summary>χ² with five degrees of freedom exceeds this once in ten million honest runs.</summary>
    private const double Chi2At5 = 40.86;

    [Fact]
    public void The_first_place_follows_the_softmax_of_the_scores()
    {
        double[] scores = [0.70, 0.68, 0.65, 0.60, 0.55, 0.50];
        ImmutableArray<MatchCandidate> candidates = [.. scores.Select((score, i) => Candidate(i, (int)(score * Scoring.One)))];
        var wins = new int[scores.Length];
        for (var draw = 0; draw < Draws; draw++) wins[Array.FindIndex([.. candidates], candidate => candidate.Owner == FirstOwner(candidates, draw))]++;

        Assert.InRange(Chi2(wins, Softmax(scores, 0.05)), 0, Chi2At5);
    }

    [Fact]
    public void A_whole_match_follows_the_softmax_too()
    {
        long[] gpuPrices = [100_000, 250_000, 400_000, 550_000, 700_000, 850_000];
        var order = World.Order();
        var rows = gpuPrices.Select((price, i) => World.Provider(i) with { Prices = World.Provider(i).Prices with { PerGpu = price } }).ToArray();
        var index = World.Index(rows);
        var query = World.Query(order);
        var wins = new int[rows.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            var winner = FirstOwner(index.Match(query, World.Draw(draw)).Candidates, draw);
            wins[Array.FindIndex(rows, row => row.Owner == winner)]++;
        }

        var scores = rows.Select(row => World.Judge(row, order).Score / (double)Scoring.One).ToArray();
        Assert.InRange(Chi2(wins, Softmax(scores, 0.05)), 0, Chi2At5);
    }

    /// <summary>Tenant, operator and everybody's beacon each choose one part of the seed: whoever knows two of them still knows nothing of
    /// the tie.</summary>
    [Theory]
    [InlineData("beacon")]
    [InlineData("order")]
    [InlineData("element")]
    public void No_party_alone_steers_a_tie(string unknown)
    {
        const int Equals = 6;
        var wins = new int[Equals];
        for (var number = 0; number < Draws; number++)
        {
            var mine = World.Digest(number);
            var seed = new MatchSeed(
                unknown == "beacon" ? mine : World.Digest(-1), new OrderId(unknown == "order" ? mine : World.Digest(-2)), default, 1,
                unknown == "element" ? mine : World.Digest(-3));
            var draw = seed.Draw();
            wins[Enumerable.Range(0, Equals).MaxBy(owner => draw.TieBreak(World.AddressOf(owner)))]++;
        }

        Assert.InRange(Chi2(wins, [.. Enumerable.Repeat(1.0 / Equals, Equals)]), 0, Chi2At5);
    }

    [Fact]
    public void A_dominated_provider_does_not_win_more_often_than_its_dominator() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var better = World.Provider(seed);
            var worse = World.Provider(seed + 1) with
            {
                Prices = better.Prices with { PerGpu = better.Prices.PerGpu + random.Next(200_000) },
                Standing = better.Standing with { UptimeFactor = better.Standing.UptimeFactor - random.Next(4000) },
            };
            var (index, query) = (World.Index([better, worse]), World.Query(World.Order()));
            var lead = 0;
            const int Matches = 2000;
            for (var draw = 0; draw < Matches; draw++)
                lead += FirstOwner(index.Match(query, World.Draw(draw)).Candidates, draw) == better.Owner ? 1 : -1;

            // Six standard deviations below a fair coin: once in a billion honest runs.
            Assert.True(lead > -6 * Math.Sqrt(Matches), $"the dominator won by {lead}");
        }));

    [Fact]
    public void The_noise_is_the_Gumbel_distribution_to_a_millionth()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var word = (uint)(i * 2_654_435_761u);
            var u = (2.0 * word + 1) / Math.Pow(2, 33);
            var expected = -Math.Log(-Math.Log(u));
            Assert.Equal(expected, GumbelNoise.Of((ulong)word << 32) / Math.Pow(2, 24), 1e-5);
        }
    }

    [Fact]
    public void The_least_and_the_largest_noise_keep_the_rank_within_32_bits()
    {
        Assert.True(Scoring.One + (long)GumbelNoise.Scaled(ulong.MaxValue, WeightBounds.MaxTemperature) < int.MaxValue);
        Assert.True(GumbelNoise.Scaled(0, WeightBounds.MaxTemperature) < 0);
        Assert.InRange(GumbelNoise.Of(ulong.MaxValue) / Math.Pow(2, 24), 22, 23.5);
    }

    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31UL)]
    [InlineData(1, 0x74f839c593dc67fdUL)]
    [InlineData(8, 0x93f5f5799a932462UL)]
    [InlineData(15, 0xa129ca6149be45e5UL)]
    public void SipHash_gives_the_published_vectors(int length, ulong expected)
    {
        var data = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        Assert.Equal(expected, SipHash.Hash(0x0706050403020100, 0x0f0e0d0c0b0a0908, data));
    }

    private static Grid.Chain.Crypto.Address FirstOwner(ImmutableArray<MatchCandidate> candidates, int draw) =>
        MatchRanking.Rank(candidates, World.Draw(draw), MatchWeights.Default.Temperature)[0].Owner;

    private static MatchCandidate Candidate(int number, int score) =>
        new(new ProviderId(World.AddressOf(number)), World.AddressOf(number), "", default, default, score, 0, false);

    private static double[] Softmax(double[] scores, double temperature)
    {
        var powers = scores.Select(score => Math.Exp(score / temperature)).ToArray();
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static double Chi2(int[] seen, double[] shares) =>
        seen.Zip(shares, (count, share) => (count - share * Draws) * (count - share * Draws) / (share * Draws)).Sum();
}
