using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.Protocol;

namespace Grid.CommandLine.Demo;

/// <summary>Asks a deployment's exposed port over HTTP, as anybody would.</summary>
internal static class ExposedService
{
    /// <summary>A service has started when its process runs; it may take a moment more to listen.</summary>
    public static async Task<(Uri Url, string Answer)> AskAsync(GridClient client, DeploymentId deployment, string path, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = Limits.HttpPatience };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limits.StartPatience);
        while (true)
        {
            var status = await client.GetDeploymentAsync(deployment, cancellation);
            var ports = Placement.CurrentLeases(status).SelectMany(lease => lease.Ports).ToArray();
            var url = ports.Length == 0 ? null : Join(client.UrlOf(ports[0]), path);
            try
            {
                if (url is not null) return (url, await http.GetStringAsync(url, cancellation));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !limit.IsCancellationRequested)
            {
                // Not listening yet.
            }
            if (limit.IsCancellationRequested) throw new GridException(GridErrorKind.Unreachable, $"No exposed port of deployment {deployment} answers within {Limits.StartPatience.TotalSeconds} s.");
            await Task.Delay(Limits.PollPause, cancellation);
        }
    }

    private static Uri Join(Uri prefix, string path) => new($"{prefix.ToString().TrimEnd('/')}{path}");
}
