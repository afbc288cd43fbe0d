using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Matches;

/// <summary>A match that was made again, for people.</summary>
internal static class FullView
{
    public static void Show(FullExplanation full, CommandOutput output)
    {
        foreach (var region in full.Regions) output.Line($"index of {region.Region} rebuilt: {region.Listings} listings after {region.Position.Sequence} changes, {region.Position.Hash}");
        output.Line(full.Differences.Count == 0 ? "made again: every candidate, count and number is the same" : $"NOT the same, {full.Differences.Count} differences:");
        foreach (var difference in full.Differences) output.Line($"  {difference}");
        if (full.Provider is not { } listings) return;
        if (listings.Count == 0) output.Line("that provider listed nothing then");
        foreach (var listing in listings) Show(listing, output);
    }

    private static void Show(LosingListing listing, CommandOutput output)
    {
        var name = listing.GpuModel.Length == 0 ? $"{listing.Provider}" : $"{listing.Provider} {listing.GpuModel}";
        output.Line($"{name}: {listing.Why}");
        if (listing.WouldHaveWon is { } change) output.Line($"  what would have won: {change}");
    }
}
