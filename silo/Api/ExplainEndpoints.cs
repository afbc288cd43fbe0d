using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>Why an order went where it went. Anybody may ask and recompute it.</summary>
internal sealed class ExplainEndpoints(IGrainFactory grains)
{
    public void MapTo(IEndpointRouteBuilder routes) => routes.Add(HttpMethods.Get, ApiRoutes.Explain, Get);

    private async Task<IResult> Get(HttpContext http)
    {
        if (!Route.TryId<OrderId>(http, "id", out var order, out var problem)) return problem!;
        var stored = await grains.GetGrain<IOrderGrain>(order.ToString()).GetMatchRecord();
        if (stored is null || !MatchRecordCodec.TryDecode(stored.Bytes.AsSpan(), out var record)) return Problems.NotFound($"match of order {order}");
        return Route.Json(new ExplainResponse(MatchExplanation.Of(record!), [.. stored.Bytes]), GridJsonContext.Default.ExplainResponse);
    }
}
