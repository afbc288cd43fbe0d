using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Simulation;

/// <summary>
/// Row 23: a provider tries many identities before each match, and a matchmaker writes another ranking than its chance says. The one gains
/// nothing, since
/// the seed is committed before anybody knows it; the other is found out by whoever derives the selection again.
/// </summary>
public static class Grinding
{
    private const int Matches = 2_000;
    private const int Rivals = 15;
    private const int Identities = 32;

    /// <summary>A fair share of one in sixteen, and six standard deviations.</summary>
    private const int MostWins = Matches / (Rivals + 1) + 65;

    private static readonly RatePerHour s_ceiling = new(1_000_000);
    private static readonly RatePerHour s_ask = new(500_000);

    private static readonly Factors s_factors = new(Factor.One, PriceFactor.Of(s_ceiling, s_ask), 10_000, 8_000, 8_000, 10_000, 10_000);

    /// <param name="knowsSeed">Whether the grinder sees the element before it lists, unless a test keeps it secret.</param>
    /// <param name="verify">How a record is checked, unless a test believes whatever it says.</param>
    public static void Play(World world, bool knowsSeed = false, Func<MatchRecord, ImmutableArray<string>>? verify = null)
    {
        var chain = new HashChain(Keys.HashOf(world.Options.Seed, "grinding"), Matches);
        var wins = Enumerable.Range(1, Matches).Count(n => Wins(world, chain, n, knowsSeed));
        world.Verdicts.Check(
            wins <= MostWins, "INV-MATCH-01", "a provider that grinds identities", $"first in at most {MostWins} of {Matches} matches",
            $"{wins}");
        foreach (var (what, record) in Cheats(world, chain))
            world.Verdicts.Check(
                !(verify ?? MatchVerification.Verify)(record).IsEmpty, "INV-MATCH-02", what, "a difference is found", "none");
        var differences = MatchVerification.Verify(Honest(world, chain, 1));
        world.Verdicts.Check(differences.IsEmpty, "INV-MATCH-02", "an honest record", "no difference", string.Join("; ", differences));
    }

    /// <summary>It takes the identity that would be luckiest under the chance that it knows: the last that was revealed.</summary>
    private static bool Wins(World world, HashChain chain, int n, bool knowsSeed)
    {
        var known = (
            knowsSeed ? SeedOf(world, chain, n)
            : SeedOf(world, chain, n) with { ChainElement = n == 1 ? chain.Anchor : chain.Element(n - 1) }).Draw();
        var lucky = Enumerable.Range(0, Identities).Select(i => OwnerOf(world, $"ground {i}"))
            .MaxBy(owner => known.Noise(owner, MatchWeights.Default.Temperature));
        return Ranked(world, SeedOf(world, chain, n), lucky)[0].Owner == lucky;
    }

    private static IEnumerable<(string What, MatchRecord Record)> Cheats(World world, HashChain chain)
    {
        var honest = Honest(world, chain, 1);
        var first = honest.Candidates[0];
        var other = new HashChain(Keys.HashOf(world.Options.Seed, "another chain"), Matches);
        yield return (
            "a favourite is put first", honest with { Candidates = honest.Candidates.RemoveAt(1).Insert(0, honest.Candidates[1]) });
        yield return (
            "a favourite's noise is raised",
            honest with { Candidates = honest.Candidates.SetItem(0, first with { Noise = first.Noise + 1_000 }) });
        yield return (
            "a favourite's score is raised",
            honest with { Candidates = honest.Candidates.SetItem(0, first with { Score = first.Score + 1_000 }) });
        yield return (
            "a luckier element of another chain is used", honest with { Seed = honest.Seed with { ChainElement = other.Element(1) } });
        yield return ("the ranking is turned round", honest with { Ranking = [.. honest.Ranking.Reverse()] });
        yield return ("the best is not asked", honest with { Bids = honest.Bids.RemoveAt(0) });
    }

    private static MatchRecord Honest(World world, HashChain chain, int n)
    {
        var seed = SeedOf(world, chain, n);
        var ranked = Ranked(world, seed, OwnerOf(world, "ground 0"));
        ImmutableArray<RecordedBid> bids =
        [
            .. ranked.Take(MatchLimits.MaxBids)
                .Select(static (candidate, i) => MatchRanking.Judge(i, candidate, s_ask, s_factors, MatchWeights.Default, 0)),
        ];
        return new MatchRecord(
            seed, Hash256.Zero, IndexPosition.Start, 0, s_ceiling, Money.Zero, MatchWeights.Default, ranked.Length, ranked.Length, [],
                ranked, bids,
            MatchRanking.Settle(ranked, bids, seed.Draw()));
    }

    private static ImmutableArray<MatchCandidate> Ranked(World world, MatchSeed seed, Address grinder) => MatchRanking.Rank(
        [.. Enumerable.Range(0, Rivals).Select(i => CandidateOf(OwnerOf(world, $"rival {i}"))).Append(CandidateOf(grinder))],
        seed.Draw(), MatchWeights.Default.Temperature);

    private static MatchCandidate CandidateOf(Address owner) =>
        new(new ProviderId(owner), owner, "rtx4090", s_ask, s_factors, Scoring.Score(s_factors, MatchWeights.Default), 0, true);

    private static MatchSeed SeedOf(World world, HashChain chain, int n) =>
        new(Hash256.Zero, new OrderId(Keys.HashOf(world.Options.Seed, $"order {n}")), chain.Anchor, n, chain.Element(n));

    private static Address OwnerOf(World world, string name) =>
        new(Keys.HashOf(world.Options.Seed, name).ToByteArray().AsSpan(0, Address.SizeBytes));
}
