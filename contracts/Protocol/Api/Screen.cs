using Grid.Protocol.Matching;

namespace Grid.Protocol.Api;

/// <summary><c>POST /v1/screen</c>: would it match, and at what price? Nothing is held.</summary>
/// <param name="Manifest">The text that <see cref="Manifests.ManifestJson"/> writes, secrets blanked.</param>
public sealed record ScreenRequest(string Manifest);

public sealed record ScreenResponse(bool IsPlaceable, IReadOnlyList<PlacementScreen> Placements);

/// <param name="Providers">That pass every hard filter.</param>
/// <param name="LowestRatePerHour">Null where nobody passes.</param>
/// <param name="Excluded">Listings that each filter was the first to exclude.</param>
/// <param name="Matching">The best of those that pass, best score first.</param>
/// <param name="Changes">Where nobody passes: what would help, the cheapest first.</param>
public sealed record PlacementScreen(
    string Placement,
    int Listings,
    int Providers,
    RatePerHour? LowestRatePerHour,
    RatePerHour? HighestRatePerHour,
    IReadOnlyList<ExcludedListings> Excluded,
    IReadOnlyList<ScreenedProvider>? Matching = null,
    IReadOnlyList<ScreenChange>? Changes = null);

/// <summary>One of the best that would be asked for a bid.</summary>
/// <param name="GpuModel">Empty: no GPU is asked for.</param>
public sealed record ScreenedProvider(ProviderId Provider, string GpuModel, RatePerHour RatePerHour);

/// <summary>A single requirement that, made weaker by as little as will do, would find somebody.</summary>
/// <param name="Change">What is asked instead, in words.</param>
/// <param name="RatePerHour">The lowest rate among the best that it would find.</param>
/// <param name="ExtraPerHour">How far that lies above what the manifest would pay; zero for all changes but a higher price.</param>
/// <param name="Providers">That it would find.</param>
public sealed record ScreenChange(HardFilter Filter, string Change, RatePerHour RatePerHour, RatePerHour ExtraPerHour, int Providers);
