using Grid.Matching;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;
using Grid.Providers;
using Grid.Reputation;
using Grid.Shards;
using Orleans;

namespace Grid.Silo.Api;

internal sealed class ProviderEndpoints(IGrainFactory grains, TimeProvider time)
{
    private const string One = ApiRoutes.Providers + "/{id}";

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, ApiRoutes.Providers, List);
        routes.Add(HttpMethods.Get, One, Get);
        routes.Add(HttpMethods.Get, ApiRoutes.ProviderMaintenance, GetMaintenance);
        routes.Add(HttpMethods.Post, ApiRoutes.ProviderMaintenance, Announce);
    }

    private async Task<IResult> List(HttpContext http)
    {
        var after = http.Request.Query["after"].ToString();
        var known = (await Shard.ListAll(grains, ShardKind.Providers)).Where(member => string.CompareOrdinal(member, after) > 0).Order(StringComparer.Ordinal);
        var page = known.Take(Limits.PageSize + 1).ToArray();
        var summaries = await BoundedReads.AllAsync(page.Take(Limits.PageSize), SummaryAsync);
        var next = page.Length > Limits.PageSize ? page[Limits.PageSize - 1] : null;
        return Route.Json(new ProviderList([.. summaries.OfType<ProviderSummary>()], next), GridJsonContext.Default.ProviderList);
    }

    private async Task<IResult> Get(HttpContext http)
    {
        if (!Route.TryId<Protocol.ProviderId>(http, "id", out var provider, out var problem)) return problem!;
        return await SummaryAsync(provider.ToString()) is { } summary
            ? Route.Json(summary, GridJsonContext.Default.ProviderSummary)
            : Problems.NotFound($"provider {provider}");
    }

    private async Task<IResult> GetMaintenance(HttpContext http)
    {
        if (!Route.TryId<Protocol.ProviderId>(http, "id", out var provider, out var problem)) return problem!;
        var announced = await Reputation(provider.ToString()).GetMaintenance();
        return Route.Json(new ProviderMaintenance(announced), GridJsonContext.Default.ProviderMaintenance);
    }

    /// <summary>Who says it shows by the signature; only what this operator knows of makes a grain begin to work.</summary>
    private async Task<IResult> Announce(HttpContext http)
    {
        if (!Route.TryId<Protocol.ProviderId>(http, "id", out var provider, out var problem)) return problem!;
        var (request, malformed) = await RequestBody.ReadAsync(http, GridJsonContext.Default.MaintenanceRequest);
        if (request is null) return malformed!;
        if (request.Notice?.Value is null) return Problems.Malformed("notice is missing.", new ProblemField("notice", "is missing."));
        if (await grains.GetGrain<IProviderGrain>(provider.ToString()).GetView() is null) return Problems.NotFound($"provider {provider}");
        var refusal = await Reputation(provider.ToString()).Announce(request.Notice);
        return refusal is null ? await GetMaintenance(http) : Problems.Malformed(refusal, new ProblemField("notice", refusal));
    }

    private IReputationGrain Reputation(string provider) => grains.GetGrain<IReputationGrain>(provider);

    private async Task<ProviderSummary?> SummaryAsync(string provider)
    {
        if (await grains.GetGrain<IProviderGrain>(provider).GetView() is not { } view) return null;
        var rows = await grains.GetGrain<IProviderGrain>(provider).GetRows();
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var windows = (await Reputation(provider).GetMaintenance()).Select(static one => one.Notice.Value);
        var next = windows.FirstOrDefault(window => window.ToUnixSeconds > now);
        var standing = rows.IsEmpty ? ProviderStanding.Newcomer : rows[0].Standing;
        return new ProviderSummary(
            view.Provider, view.Terms, view.OfferVersion, view.IsConnected, next?.FromUnixSeconds <= now, view.Free, view.LiveLeases,
            standing.TrustTier,
            Factor.PpmRoundedDown(standing.UptimeFactor), Factor.PpmRoundedDown(standing.ReputationFactor), view.Asked, next);
    }
}
