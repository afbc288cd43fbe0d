using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;
using Grid.Silo.Matching;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>Why an order went where it went. Anybody may ask and recompute it.</summary>
internal sealed class ExplainEndpoints(IGrainFactory grains, RebuiltMatches rebuilt)
{
    private const string Full = "full";
    private const string Provider = "provider";

    public void MapTo(IEndpointRouteBuilder routes) => routes.Add(HttpMethods.Get, ApiRoutes.Explain, Get);

    private async Task<IResult> Get(HttpContext http)
    {
        if (!Route.TryId<OrderId>(http, "id", out var order, out var problem)) return problem!;
        var asked = http.Request.Query[Provider].ToString();
        ProviderId? provider = null;
        if (asked.Length > 0)
        {
            if (!ProviderId.TryParse(asked, null, out var id))
                return Problems.Malformed("provider is not an address.", new ProblemField(Provider, "expected 0x and 40 hexadecimal digits."));
            provider = id;
        }

        var stored = await grains.GetGrain<IOrderGrain>(order.ToString()).GetMatchRecord();
        if (stored is null || !MatchRecordCodec.TryDecode(stored.Bytes.AsSpan(), out var record)) return Problems.NotFound($"match of order {order}");
        var isFull = http.Request.Query[Full] == "true" || provider is not null;
        var full = isFull ? await rebuilt.Explain(record!, stored.Requirement, provider) : null;
        return Route.Json(new ExplainResponse(MatchExplanation.Of(record!), [.. stored.Bytes], full), GridJsonContext.Default.ExplainResponse);
    }
}
