using System.Text.Json;
using Grid.Matching;
using Grid.Protocol.Api;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>Would it match, and at what price? Nothing is held, nothing is stored.</summary>
internal sealed class ScreenEndpoints(IGrainFactory grains, GridParameters parameters)
{
    public void MapTo(IEndpointRouteBuilder routes) => routes.Add(HttpMethods.Post, ApiRoutes.Screen, Screen);

    private async Task<IResult> Screen(HttpContext http)
    {
        var (request, problem) = await RequestBody.ReadAsync(http, GridJsonContext.Default.ScreenRequest);
        if (request is null) return problem!;
        if (!TryRead(request.Manifest, out var manifest)) return Problems.Invalid(ProblemCodes.ManifestInvalid, "manifest", "is not the JSON form of a manifest: send what the client library writes.");

        var placements = new List<PlacementScreen>();
        foreach (var placement in manifest!.Placements)
        {
            if (!TryRequirement(manifest, placement, out var requirement, out var fault)) return Problems.Invalid(ProblemCodes.ManifestInvalid, $"manifest.placements.{placement.Name}", fault!);
            placements.Add(await ScreenAsync(placement.Name, requirement));
        }

        var isPlaceable = placements.TrueForAll(static placement => placement.Providers > 0);
        return Route.Json(new ScreenResponse(isPlaceable, placements), GridJsonContext.Default.ScreenResponse);
    }

    private async Task<PlacementScreen> ScreenAsync(string placement, MatchRequirement requirement)
    {
        var screening = new Screening(grains);
        var found = await screening.Ask(requirement);
        var excluded = found.Excluded.Select((count, filter) => new ExcludedListings((HardFilter)filter, count)).Where(static filter => filter.Count > 0);
        var asks = found.Candidates.Select(static candidate => candidate.Ask).ToArray();
        return new PlacementScreen(
            placement, found.ListingsScanned, found.ProvidersPassed,
            asks.Length == 0 ? null : asks.Min(), asks.Length == 0 ? null : asks.Max(),
            [.. excluded],
            [.. found.Candidates.Select(static candidate => new ScreenedProvider(candidate.Provider, candidate.GpuModel, candidate.Ask))],
            found.ProvidersPassed > 0 ? [] : [.. (await screening.Changes(requirement)).Select(ChangeOf)]);
    }

    private static ScreenChange ChangeOf(ScreenedChange change) =>
        new(change.Filter, change.Words, change.Ask, change.Extra, change.Providers);

    /// <summary>A spread placement's orders are of one replica each: one of them is asked for.</summary>
    private bool TryRequirement(Manifest manifest, ManifestPlacement placement, out MatchRequirement requirement, out string? fault)
    {
        var one = placement.Spread ? placement with { Groups = [.. placement.Groups.Select(static group => group with { Count = 1 })] } : placement;
        var isRead = ManifestRequirement.TryRead(
            manifest, one, parameters.Denoms, (int)parameters.DefaultRunAheadSeconds, "", out requirement, out fault);
        requirement = requirement with { MinStake = parameters.MinStake };
        return isRead;
    }

    private static bool TryRead(string text, out Manifest? manifest)
    {
        manifest = null;
        try
        {
            manifest = SealedManifest.Read(text);
            return !manifest.Placements.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
