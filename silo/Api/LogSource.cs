using System.Text;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Silo.Links;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>One replica's output, from an offset on. While it follows, it outlives the node's sessions: it asks again until the lease is over.</summary>
internal sealed class LogSource(IGrainFactory grains, NodeSessions sessions, TimeProvider time, LeaseId lease, ProviderId provider, string service, uint ordinal, bool follows)
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(Limits.LogRetryMs);

    /// <param name="write">Takes each chunk; waits while the client reads slowly.</param>
    public async Task ReadAsync(long offset, Func<LogChunk, ValueTask> write, CancellationToken cancellation)
    {
        while (true)
        {
            var changed = sessions.Changed;

            // Asked before the node is: what it wrote until the end is then read below for sure.
            var isOver = await IsOverAsync();
            var (next, isComplete) = await ReadOnceAsync(offset, follows && !isOver, write, cancellation);
            offset = next;
            if (isComplete || !follows || isOver) return;
            await WaitAsync(changed, cancellation);
        }
    }

    private async Task<(long Offset, bool IsComplete)> ReadOnceAsync(
        long offset, bool waitsForMore, Func<LogChunk, ValueTask> write, CancellationToken cancellation)
    {
        if (!sessions.TryFind(provider, out var session)) return (offset, false);
        try
        {
            await using var stream = session.OpenStream(new LogsPurpose(lease, service, ordinal, offset, waitsForMore));
            await stream.CompleteWritesAsync();
            await foreach (var batch in LogBatches.ReadAsync(stream, cancellation))
            {
                await write(new LogChunk(service, ordinal, offset, TextOf(batch), batch.NextOffset, batch.MissedBytes));
                offset = batch.NextOffset;
            }

            return (offset, true);
        }
        catch (IOException)
        {
            // The session ended, or the workload is not there yet.
            return (offset, false);
        }
    }

    private static byte[] TextOf(LogBatch batch)
    {
        var text = new StringBuilder();
        foreach (var line in batch.Lines)
        {
            text.Append(line.Text);
            if (!line.IsPartial) text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task<bool> IsOverAsync() => (await grains.GetGrain<ILeaseGrain>(lease.ToString()).GetView()).Phase == Leases.LeasePhase.Closed;

    /// <summary>Until a session comes or goes, or it is time to look again.</summary>
    private async Task WaitAsync(Task changed, CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(changed, Task.Delay(s_retry, time, done.Token));
        await done.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}
