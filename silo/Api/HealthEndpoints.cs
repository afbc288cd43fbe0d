using Grid.Silo.Hosting;

namespace Grid.Silo.Api;

/// <summary><c>/healthz</c>: the process serves. <c>/readyz</c>: it can do its work.</summary>
internal sealed class HealthEndpoints(Readiness readiness)
{
    private const int RetryAfterMs = 2_000;

    public void MapTo(IEndpointRouteBuilder routes)
    {
        routes.Add(HttpMethods.Get, "/healthz", static _ => Task.FromResult(Results.Text("ok\n"))).DisableRateLimiting();
        routes.Add(HttpMethods.Get, "/readyz", Ready).DisableRateLimiting();
    }

    private async Task<IResult> Ready(HttpContext http) =>
        await readiness.FaultAsync(http.RequestAborted) is { } fault ? Problems.Unavailable(fault, RetryAfterMs) : Results.Text("ready\n");
}
