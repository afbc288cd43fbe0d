using Grid.Silo.Chain;
using Grid.Silo.Hosting;

namespace Grid.Silo.Api;

/// <summary><c>/healthz</c>: the process serves. <c>/readyz</c>: it can do its work.</summary>
internal sealed class HealthEndpoints(Readiness readiness, ChainProgress progress)
{
    private const int RetryAfterMs = 2_000;

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, "/healthz", static _ => Task.FromResult(Results.Text("ok\n"))).DisableRateLimiting();
        routes.Add(HttpMethods.Get, "/readyz", Ready).DisableRateLimiting();
    }

    private async Task<IResult> Ready(HttpContext http) =>
        await readiness.FaultAsync(http.RequestAborted) is { } fault ? Problems.Unavailable(fault, RetryAfterMs) : Results.Text($"ready\n{ChainLine()}");

    /// <summary>A chain that is away leaves the silo ready: it works on within what is deposited.</summary>
    private string ChainLine() => progress.Seen switch
    {
        { Moment: { } moment } seen => $"chain: followed to block {seen.FollowedTo}, final {moment.Firm.Number}, head {moment.Head.Number}{(seen.Fault is null ? "" : "; away")}\n",
        { Fault: not null } => "chain: not seen yet\n",
        _ => "",
    };
}
