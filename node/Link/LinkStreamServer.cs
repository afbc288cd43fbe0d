using System.Net.Sockets;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Node.Execution;
using Grid.Node.Execution.Logs;
using Grid.Node.Hosting;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Microsoft.Extensions.Logging;

namespace Grid.Node.Link;

/// <summary>Serves the streams that an operator opens: logs, sealed outputs, relayed ports.</summary>
internal sealed partial class LinkStreamServer(WorkloadEngine engine, WorkloadEnds ends, SealedOutputs outputs, LeaseOperators owners, TimeProvider time, ILogger<LinkStreamServer> log)
{
    public Task ServeAsync(LinkConnection connection, Address @operator, CancellationToken cancellation) => Parallel.ForEachAsync(
        connection.AcceptStreamsAsync(cancellation),
        new ParallelOptions { MaxDegreeOfParallelism = Limits.StreamsAtOnce, CancellationToken = cancellation },
        (stream, inner) => ServeAsync(stream, @operator, inner));

    private async ValueTask ServeAsync(LinkStream stream, Address @operator, CancellationToken cancellation)
    {
        await using (stream)
        {
            try
            {
                await ServeChecked(stream, @operator, cancellation);
            }
            catch (Exception failure)
            {
                // One stream's failure is none of the others'.
                stream.Abort(failure is WorkloadRefusedException ? failure.Message : "the node could not serve this stream");
                LogFailed(@operator, stream.Purpose.GetType().Name, failure.Message);
            }
        }
    }

    private Task ServeChecked(LinkStream stream, Address @operator, CancellationToken cancellation) => stream.Purpose switch
    {
        LogsPurpose logs when owners.IsTheirs(logs.Lease, @operator) => SendLogsAsync(stream, logs, cancellation),
        ArtifactPurpose artifact when owners.IsTheirs(artifact.Lease, @operator) => SendArtifactAsync(stream, artifact, cancellation),
        RelayPurpose relay when owners.IsTheirs(relay.Lease, @operator) => RelayAsync(stream, relay, cancellation),
        _ => throw new WorkloadRefusedException(["this node has no such lease of yours, or does not serve this purpose"]),
    };

    private async Task SendLogsAsync(LinkStream stream, LogsPurpose purpose, CancellationToken cancellation)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var gone = EndWithReaderAsync(stream, reading);
        try
        {
            await SendLogsAsync(stream, new WorkloadKey(purpose.Lease, purpose.Service, (int)purpose.Ordinal), purpose, reading.Token);
            await stream.CompleteWritesAsync();
        }
        finally
        {
            await reading.CancelAsync();
            await gone;
        }
    }

    private async Task SendLogsAsync(LinkStream stream, WorkloadKey key, LogsPurpose purpose, CancellationToken cancellation)
    {
        var offset = purpose.FromOffset;
        while (true)
        {
            // Asked before the read: what was written before the end is then surely read.
            var hasEnded = !purpose.Follow || await HasEndedAsync(key, cancellation);
            var chunk = engine.ReadLogs(key, offset);
            if (chunk.Lines.Length > 0) await SendAsync(stream, chunk, cancellation);
            else if (hasEnded) break;
            else await Task.Delay(TimeSpan.FromMilliseconds(Limits.LogPollMs), time, cancellation);
            offset = chunk.NextOffset;
        }
    }

    /// <summary>A reader who has gone away is not heard of by writing, where there is nothing to write.</summary>
    private static async Task EndWithReaderAsync(LinkStream stream, CancellationTokenSource reading)
    {
        try
        {
            var nothing = new byte[1];
            while (await stream.ReadAsync(nothing, reading.Token) > 0)
            {
                // Nothing is asked on it.
            }
        }
        catch (IOException)
        {
            await reading.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // All was sent.
        }
    }

    private async Task<bool> HasEndedAsync(WorkloadKey key, CancellationToken cancellation)
    {
        if (ends.HasEnded(key) is { } known) return known;
        var statuses = await engine.ListAsync(cancellation);
        return statuses.Where(status => status.Key == key).All(static status => status.HasExited);
    }

    private static async Task SendAsync(LinkStream stream, LogChunk chunk, CancellationToken cancellation)
    {
        var lines = chunk.Lines.Select(static line => new LogEntry(line.TimeUnixMs, line.Stream == LogStream.Error, !line.IsComplete, line.Text));
        var batch = new LogBatch(chunk.NextOffset, chunk.MissedBytes, [.. lines]);
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(batch, LinkJson.Default.LogBatch), cancellation);
        await stream.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    private async Task SendArtifactAsync(LinkStream stream, ArtifactPurpose purpose, CancellationToken cancellation)
    {
        await using var content = outputs.Open(purpose.Lease, purpose.Service, purpose.Name) ?? throw new WorkloadRefusedException([$"{purpose.Service} has left no output '{purpose.Name}'"]);
        await content.CopyToAsync(stream, Limits.RelayBufferBytes, cancellation);
        await stream.CompleteWritesAsync();
    }

    private async Task RelayAsync(LinkStream stream, RelayPurpose purpose, CancellationToken cancellation)
    {
        await using var port = await OpenPortAsync(purpose, cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var up = Carry(stream, port, static to => ((NetworkStream)to).Socket.Shutdown(SocketShutdown.Send), either);
        var down = Carry(port, stream, static _ => { }, either);
        await down;
        await stream.CompleteWritesAsync();
        // A service that says nothing more may still listen, but not for ever.
        either.CancelAfter(TimeSpan.FromMilliseconds(Limits.RelayLingerMs));
        await up.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Stream> OpenPortAsync(RelayPurpose purpose, CancellationToken cancellation)
    {
        try
        {
            return await engine.OpenRelayAsync(new WorkloadKey(purpose.Lease, purpose.Service, (int)purpose.Ordinal), purpose.Port, cancellation);
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            throw new WorkloadRefusedException([$"nothing listens on port {purpose.Port} of {purpose.Service} yet"]);
        }
    }

    /// <summary>Carries one direction to its end and passes that end on. A direction that breaks takes the other with it.</summary>
    private static async Task Carry(Stream from, Stream to, Action<Stream> end, CancellationTokenSource either)
    {
        try
        {
            await from.CopyToAsync(to, Limits.RelayBufferBytes, either.Token);
            end(to);
        }
        catch
        {
            await either.CancelAsync();
            throw;
        }
    }

    [LoggerMessage(310, LogLevel.Information, "A stream of {Operator} for {Purpose} failed: {Reason}")]
    private partial void LogFailed(Address @operator, string purpose, string reason);
}
