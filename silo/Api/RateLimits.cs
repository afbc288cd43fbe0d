using System.Threading.RateLimiting;
using Grid.Protocol.Api;
using Grid.Silo.Hosting;

namespace Grid.Silo.Api;

/// <summary>Requests are counted by who has signed in, else by address. Nodes' links count too: a flood of dial-ins is turned away here.</summary>
internal static class RateLimits
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    public static void AddTo(IServiceCollection services, SiloOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(KeyOf(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestsPerTenSeconds,
            TokensPerPeriod = Math.Max(1, options.RequestsPerTenSeconds / 10),
            ReplenishmentPeriod = s_window / 10,
            QueueLimit = 0,
        }));
        limiter.OnRejected = static async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : s_window / 10;
            await Problems.Of(StatusCodes.Status429TooManyRequests, ProblemCodes.TooManyRequests, "Too many requests: slow down.", (int)wait.TotalMilliseconds).ExecuteAsync(rejected.HttpContext);
        };
    });

    private static string KeyOf(HttpContext http) => Caller.Of(http)?.ToString() ?? http.Connection.RemoteIpAddress?.ToString() ?? "";
}
