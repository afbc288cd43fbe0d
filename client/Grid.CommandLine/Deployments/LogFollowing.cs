using System.Text;
using Grid.Client;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary>Shows what the workloads of a deployment print, each line with its service's name where there are several.</summary>
internal static class LogFollowing
{
    /// <param name="service">Only this one; null for all.</param>
    public static async Task ShowAsync(GridClient client, DeploymentStatus deployment, bool follow, TextWriter writer, CancellationToken cancellation, string? service = null)
    {
        var streams = deployment.Orders
            .SelectMany(order => order.Leases.TakeLast(1))
            .SelectMany(lease => lease.Workloads.Where(workload => service is null || workload.Service == service).Select(workload => (lease.Lease, workload.Service, workload.Ordinal)))
            .Distinct()
            .ToArray();
        if (streams.Length == 0) throw new GridException(GridErrorKind.NotFound, service is null ? "Nothing of it has run yet, so there is no output." : $"No service '{service}' of it has run yet.");
        using var gate = new SemaphoreSlim(1);
        await Task.WhenAll(streams.Select(stream =>
        {
            var prefix = streams.Length == 1 ? "" : $"{stream.Service}{(stream.Ordinal == 0 ? "" : $".{stream.Ordinal}")} | ";
            return CopyAsync(client.ReadLogsAsync(stream.Lease, new LogSelection(stream.Service, stream.Ordinal, Follow: follow), cancellation), prefix, writer, gate, cancellation);
        }));
    }

    private static async Task CopyAsync(IAsyncEnumerable<LogChunk> chunks, string prefix, TextWriter writer, SemaphoreSlim gate, CancellationToken cancellation)
    {
        // A character may be split between two chunks, a line between many.
        var decoder = new UTF8Encoding(false).GetDecoder();
        var line = new StringBuilder();
        await foreach (var chunk in chunks.WithCancellation(cancellation))
        {
            if (chunk.MissedBytes > 0) await WriteAsync($"{prefix}[{chunk.MissedBytes} bytes were dropped: logs are bounded]{Environment.NewLine}", writer, gate, cancellation);
            var characters = new char[decoder.GetCharCount(chunk.Data, flush: false)];
            decoder.GetChars(chunk.Data, characters, flush: false);
            line.Append(characters);
            await WriteLinesAsync(line, prefix, writer, gate, cancellation);
        }
        if (line.Length > 0) await WriteAsync(prefix + line + Environment.NewLine, writer, gate, cancellation);
    }

    private static async Task WriteLinesAsync(StringBuilder pending, string prefix, TextWriter writer, SemaphoreSlim gate, CancellationToken cancellation)
    {
        var text = pending.ToString();
        var end = text.LastIndexOf('\n');
        if (end < 0) return;
        pending.Clear().Append(text, end + 1, text.Length - end - 1);
        var whole = text[..(end + 1)];
        await WriteAsync(prefix.Length == 0 ? whole : prefix + whole[..^1].Replace("\n", "\n" + prefix, StringComparison.Ordinal) + "\n", writer, gate, cancellation);
    }

    private static async Task WriteAsync(string text, TextWriter writer, SemaphoreSlim gate, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await writer.WriteAsync(text);
            await writer.FlushAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }
}
