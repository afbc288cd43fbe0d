using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grid.Leases;
using Grid.Protocol.Api;
using Grid.Silo.Hosting;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>
/// Logs as server-sent events: <c>?service=&amp;ordinal=&amp;from=&amp;follow=</c>; without a service all of the lease's. An event's id is the
/// <see cref="LogCursor"/> after it, so a client that was cut off resumes with Last-Event-ID. The response ends when there is no more.
/// </summary>
internal sealed class LeaseLogs(IGrainFactory grains, NodeSessions sessions, Drain drain, TimeProvider time) : IDisposable
{
    private const int RetryAfterMs = 2_000;

    private readonly SemaphoreSlim _followers = new(Limits.LogFollowers);

    public void Dispose() => _followers.Dispose();

    public async Task<IResult> StreamAsync(HttpContext http, LeaseView lease)
    {
        if (Query.Read(http, out var query) is { } problem) return problem;
        if (drain.HasStarted) return Problems.Unavailable("The operator is shutting down.", RetryAfterMs);
        if (!query.Follows && !sessions.TryFind(lease.Terms!.Provider, out _)) return Problems.Unavailable("The lease's node is not connected now.", RetryAfterMs);
        if (!await _followers.WaitAsync(0, http.RequestAborted)) return Problems.Unavailable($"{Limits.LogFollowers} logs are read already.", RetryAfterMs);

        http.Response.OnCompleted(() =>
        {
            _followers.Release();
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(EventsAsync(lease, query, http.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<LogChunk>> EventsAsync(LeaseView lease, Query query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // One chunk of each source may wait for the client; more would only delay it.
        var chunks = Channel.CreateBounded<LogChunk>(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, drain.Started);
        var reading = ReadAllAsync(lease, query, chunks.Writer, stop.Token);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellation))
            {
                query.Cursor[chunk.Service, chunk.Ordinal] = chunk.NextOffset;
                yield return new SseItem<LogChunk>(chunk, "log") { EventId = query.Cursor.ToString() };
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAllAsync(LeaseView lease, Query query, ChannelWriter<LogChunk> chunks, CancellationToken cancellation)
    {
        try
        {
            var replicas = query.Service is { } service ? [(service, query.Ordinal)] : ReplicasOf(lease);
            await Task.WhenAll(replicas.Select(replica =>
            {
                var source = new LogSource(grains, sessions, time, lease.Lease, lease.Terms!.Provider, replica.Service, replica.Ordinal, query.Follows);
                return source.ReadAsync(query.Cursor[replica.Service, replica.Ordinal], chunk => chunks.WriteAsync(chunk, cancellation), cancellation);
            }));
            chunks.Complete();
        }
        catch (OperationCanceledException)
        {
            // The client left, or the silo drains: whoever wants more asks again with the last event's id.
            chunks.Complete();
        }
        catch (Exception failure)
        {
            chunks.Complete(failure);
        }
    }

    private static (string Service, uint Ordinal)[] ReplicasOf(LeaseView lease) => [.. lease.Services.Select(static report => (report.Service, (uint)report.Replica))];

    private sealed record Query(string? Service, uint Ordinal, bool Follows, LogCursor Cursor)
    {
        public static IResult? Read(HttpContext http, out Query query)
        {
            var values = http.Request.Query;
            var service = values["service"].ToString() is { Length: > 0 } named ? named : null;
            query = new Query(service, 0, values["follow"].ToString() is "true" or "1", new LogCursor());
            if (!TryNumber(values["ordinal"].ToString(), int.MaxValue, out var ordinal)) return Wrong("ordinal", "expected the number of a replica, from 0.");
            if (!TryNumber(values["from"].ToString(), long.MaxValue, out var from)) return Wrong("from", "expected an offset in bytes.");
            if (from > 0 && service is null) return Wrong("from", "needs a service: an offset is one replica's.");
            if (LogCursor.Parse(http.Request.Headers["Last-Event-ID"].ToString()) is not { } cursor) return Wrong("Last-Event-ID", "is not the id of an event of these logs.");

            query = query with { Ordinal = (uint)ordinal, Cursor = cursor };
            if (service is not null && from > 0 && cursor[service, query.Ordinal] == 0) cursor[service, query.Ordinal] = from;
            return null;
        }

        private static bool TryNumber(string text, long most, out long number)
        {
            number = 0;
            return text.Length == 0 || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most);
        }

        private static IResult Wrong(string field, string message) => Problems.Malformed($"{field}: {message}", new ProblemField(field, message));
    }
}
