using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;
using Orleans;

namespace Grid.Matching;

/// <summary>Asks the matchmakers what a match would find, by the very scan that a match runs. Nothing is held.</summary>
public sealed class Screening(IGrainFactory grains)
{
    public Task<Shortlist> Ask(MatchRequirement requirement)
    {
        var region = requirement.Regions is [var only] ? only : Matchmakers.AllRegions;
        return grains.GetGrain<IMatchmakerGrain>(region).Scan(new ScanRequest(requirement, Hash256.Zero));
    }

    /// <summary>Every single requirement that, made weaker by as little as will do, would find somebody; the cheapest first.</summary>
    public async Task<ImmutableArray<ScreenedChange>> Changes(MatchRequirement requirement)
    {
        var found = new List<ScreenedChange>();
        foreach (var relaxation in Relaxations.Of(requirement))
        {
            if (await Nearest(relaxation) is { } change) found.Add(change with { Extra = Above(requirement.PriceCeiling, change.Ask) });
        }

        return [.. found.OrderBy(static change => change.Extra).ThenBy(static change => change.Ask).ThenBy(static change => change.Filter)];
    }

    /// <summary>Bisects: less of a requirement fits at least as many.</summary>
    private async Task<ScreenedChange?> Nearest(Relaxation relaxation)
    {
        var best = await At(relaxation, relaxation.Least);
        if (best is null) return null;
        for (var (low, high) = (relaxation.Least, relaxation.Most); low < high;)
        {
            var middle = low + (high - low + 1) / 2;
            var found = await At(relaxation, middle);
            if (found is not null) (best, low) = (found, middle);
            else high = middle - 1;
        }

        return best;
    }

    private async Task<ScreenedChange?> At(Relaxation relaxation, long value)
    {
        var found = await Ask(relaxation.At(value));
        if (found.Candidates.IsEmpty) return null;
        return new ScreenedChange(
            relaxation.Filter, relaxation.Words(value), found.Candidates.Min(static candidate => candidate.Ask), RatePerHour.Zero,
            found.ProvidersPassed);
    }

    private static RatePerHour Above(RatePerHour ceiling, RatePerHour ask) =>
        ask > ceiling ? new RatePerHour(ask.MicroUnits - ceiling.MicroUnits) : RatePerHour.Zero;
}

/// <summary>A change by which an order would match.</summary>
/// <param name="Words">What is asked instead.</param>
/// <param name="Ask">The lowest rate among the best that it would find.</param>
/// <param name="Extra">How far that lies above what the order would pay.</param>
/// <param name="Providers">That it would find.</param>
public sealed record ScreenedChange(HardFilter Filter, string Words, RatePerHour Ask, RatePerHour Extra, int Providers);
