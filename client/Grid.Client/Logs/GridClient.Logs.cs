using System.Runtime.CompilerServices;
using Grid.Client.Http;
using Grid.Client.Logs;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;

namespace Grid.Client;

public sealed partial class GridClient
{
    /// <summary>A workload's output. A stream that breaks off is taken up where it broke; nothing is given twice.</summary>
    /// <exception cref="GridException">It breaks off again and again without a byte in between.</exception>
    public async IAsyncEnumerable<LogChunk> ReadLogsAsync(LeaseId lease, LogSelection selection, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var offset = selection.FromOffset;
        for (var failures = 0; failures < Limits.MaxAttempts;)
        {
            // Asked before reading: what it printed until then is all that it will print.
            var isOver = !selection.Follow || await IsOverAsync(lease, selection, cancellation);
            await using var connection = await OpenLogsAsync(lease, selection with { FromOffset = offset }, cancellation);
            LogRead read;
            while ((read = await connection.ReadAsync()).Chunk is { } chunk)
            {
                if (chunk.NextOffset <= offset) continue;
                failures = 0;
                offset = chunk.NextOffset;
                yield return chunk;
            }
            cancellation.ThrowIfCancellationRequested();
            if (!read.IsBroken && isOver) yield break;
            if (read.IsBroken) failures++;
            await Task.Delay(Limits.WatchPause, _time, cancellation);
        }
        throw new GridException(GridErrorKind.Unreachable, $"The log of '{selection.Service}' breaks off again and again at {offset}. Try again later from there.");
    }

    private async Task<LogConnection> OpenLogsAsync(LeaseId lease, LogSelection selection, CancellationToken cancellation)
    {
        var query = $"?service={Uri.EscapeDataString(selection.Service)}&ordinal={selection.Ordinal}&from={selection.FromOffset}&follow={(selection.Follow ? "true" : "false")}";
        var answer = await _calls.OpenAsync(CallKind.Download, () => new HttpRequestMessage(HttpMethod.Get, ApiRoutes.Of(ApiRoutes.LeaseLogs, lease.ToString()) + query), cancellation);
        return await LogConnection.OpenAsync(answer, cancellation);
    }

    private async Task<bool> IsOverAsync(LeaseId lease, LogSelection selection, CancellationToken cancellation)
    {
        var status = await GetLeaseAsync(lease, cancellation);
        if (status.Phase == LeasePhase.Closed) return true;
        var workload = status.Workloads.FirstOrDefault(workload => workload.Service == selection.Service && workload.Ordinal == selection.Ordinal);
        return workload is { Phase: WorkloadPhase.Failed } or { Phase: WorkloadPhase.Exited, ExitCode: 0 };
    }
}
