using Grid.Protocol.Matching;

namespace Grid.Protocol.Api;

/// <summary><c>POST /v1/screen</c>: would it match, and at what price? Nothing is held.</summary>
/// <param name="Manifest">The text that <see cref="Manifests.ManifestJson"/> writes, secrets blanked.</param>
public sealed record ScreenRequest(string Manifest);

public sealed record ScreenResponse(bool IsPlaceable, IReadOnlyList<PlacementScreen> Placements);

/// <param name="Providers">That pass every hard filter.</param>
/// <param name="LowestRatePerHour">Null where nobody passes.</param>
/// <param name="Excluded">Listings that each filter was the first to exclude.</param>
public sealed record PlacementScreen(
    string Placement,
    int Listings,
    int Providers,
    RatePerHour? LowestRatePerHour,
    RatePerHour? HighestRatePerHour,
    IReadOnlyList<ExcludedListings> Excluded);
