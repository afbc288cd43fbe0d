using Grid.Matching;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;
using Grid.Providers;
using Grid.Shards;
using Orleans;

namespace Grid.Silo.Api;

internal sealed class ProviderEndpoints(IGrainFactory grains)
{
    private const string One = ApiRoutes.Providers + "/{id}";

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, ApiRoutes.Providers, List);
        routes.Add(HttpMethods.Get, One, Get);
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

    private async Task<ProviderSummary?> SummaryAsync(string provider)
    {
        if (await grains.GetGrain<IProviderGrain>(provider).GetView() is not { } view) return null;
        var rows = await grains.GetGrain<IProviderGrain>(provider).GetRows();
        var standing = rows.IsEmpty ? ProviderStanding.Newcomer : rows[0].Standing;
        return new ProviderSummary(
            view.Provider, view.Terms, view.OfferVersion, view.IsConnected, false, view.Free, view.LiveLeases, standing.TrustTier,
            Factor.PpmRoundedDown(standing.UptimeFactor), Factor.PpmRoundedDown(standing.ReputationFactor), view.Asked);
    }
}
