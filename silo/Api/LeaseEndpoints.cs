using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Silo.Hosting;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>One lease, its artifacts and its logs, for whoever pays for it.</summary>
internal sealed class LeaseEndpoints(IGrainFactory grains, OperatorKeys keys, LeaseViews views, NodeSessions sessions, LeaseLogs logs)
{
    private const int RetryAfterMs = 2_000;

    public void MapTo(IEndpointRouteBuilder routes)
    {
        var signedIn = routes.MapGroup("").AddEndpointFilter(Caller.Required);
        signedIn.Add(HttpMethods.Get, ApiRoutes.Lease, Get);
        signedIn.Add(HttpMethods.Get, ApiRoutes.LeaseArtifacts, ListArtifacts);
        signedIn.Add(HttpMethods.Get, ApiRoutes.LeaseArtifact, FetchArtifact);
        signedIn.Add(HttpMethods.Get, ApiRoutes.LeaseLogs, Logs);
        signedIn.Add(HttpMethods.Get, ApiRoutes.LeaseReceipts, Receipts);
    }

    private async Task<IResult> Get(HttpContext http)
    {
        var (lease, problem) = await FindAsync(http);
        return lease is null ? problem! : Route.Json(views.Of(lease)!, GridJsonContext.Default.LeaseStatus);
    }

    /// <summary>Receipts are cumulative: the last one is the whole bill.</summary>
    private async Task<IResult> Receipts(HttpContext http)
    {
        var (lease, problem) = await FindAsync(http);
        if (lease is null) return problem!;
        if (await grains.GetGrain<ILeaseGrain>(lease.Lease.ToString()).GetBill() is not { } bill) return Problems.NotFound($"bill of lease {lease.Lease}");
        ReceiptEntry[] receipts = bill is { Receipt: { } receipt, Countersignature: { } signature, Provenance: { } provenance }
            ? [new ReceiptEntry(receipt, provenance, signature)]
            : [];
        return Route.Json(new LeaseReceipts(lease.Lease, bill.Opening, receipts, bill.Close), GridJsonContext.Default.LeaseReceipts);
    }

    private async Task<IResult> ListArtifacts(HttpContext http)
    {
        var (lease, problem) = await FindAsync(http);
        if (lease is null) return problem!;
        var artifacts = lease.Services.SelectMany(static service =>
            service.Outputs.Select(output => new ArtifactEntry(service.Service, (uint)service.Replica, output.Name, output.Sha256, output.SizeBytes)));
        return Route.Json(new ArtifactList(lease.Lease, [.. artifacts]), GridJsonContext.Default.ArtifactList);
    }

    /// <summary>The node's sealed bytes pass through as they are: only the tenant can open them.</summary>
    private async Task<IResult> FetchArtifact(HttpContext http)
    {
        var (lease, problem) = await FindAsync(http);
        if (lease is null) return problem!;
        var (service, name) = (Route.Text(http, "service"), Route.Text(http, "name"));
        if (!lease.Services.Any(report => report.Service == service && report.Outputs.Any(output => output.Name == name))) return Problems.NotFound($"artifact {service}/{name} of lease {lease.Lease}");
        if (!sessions.TryFind(lease.Terms!.Provider, out var session)) return Problems.Unavailable("The lease's node is not connected now.", RetryAfterMs);
        return await PassAsync(http, session.OpenStream(new ArtifactPurpose(lease.Lease, service, name)));
    }

    private static async Task<IResult> PassAsync(HttpContext http, LinkStream stream)
    {
        await using (stream)
        {
            await stream.CompleteWritesAsync();
            var buffer = new byte[Limits.CopyBufferBytes];
            int read;
            try
            {
                // The first bytes are waited for before any header is sent: until then a refusal can be told.
                read = await stream.ReadAsync(buffer, http.RequestAborted);
            }
            catch (LinkStreamAbortedException aborted)
            {
                return Problems.Unavailable($"The node does not give the artifact: {aborted.Message}", RetryAfterMs);
            }

            http.Response.ContentType = "application/octet-stream";
            http.Response.Headers.CacheControl = "no-store";
            for (; read > 0; read = await stream.ReadAsync(buffer, http.RequestAborted)) await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            return Results.Empty;
        }
    }

    private async Task<IResult> Logs(HttpContext http)
    {
        var (lease, problem) = await FindAsync(http);
        return lease is null ? problem! : await logs.StreamAsync(http, lease);
    }

    private async Task<(LeaseView? Lease, IResult? Problem)> FindAsync(HttpContext http)
    {
        if (!Route.TryId<LeaseId>(http, "id", out var id, out var problem)) return (null, problem);
        var view = await grains.GetGrain<ILeaseGrain>(id.ToString()).GetView();
        if (view.Terms is not { } terms) return (null, Problems.NotFound($"lease {id}"));
        var caller = Caller.Known(http);
        return caller == terms.Payer || caller == keys.Grid.Operator ? (view, null) : (null, Problems.NotYours($"Lease {id}"));
    }
}
