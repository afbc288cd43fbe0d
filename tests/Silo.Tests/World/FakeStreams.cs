using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;

namespace Grid.Tests.Silo.World;

/// <summary>What a fake node answers on streams: two lines of log, a sealed output, an echo for each relayed port.</summary>
internal static class FakeStreams
{
    public static readonly string[] LogLines = ["reading data", "done"];

    public static async Task ServeAsync(LinkStream stream, ConcurrentDictionary<LeaseId, FakeLease> leases, string output, CancellationToken cancellation)
    {
        switch (stream.Purpose)
        {
            case LogsPurpose logs:
                await SendLogsAsync(stream, logs, cancellation);
                break;
            case ArtifactPurpose artifact when leases.TryGetValue(artifact.Lease, out var lease):
                var context = SealingContext.Artifact(artifact.Lease, artifact.Service, artifact.Name);
                await SealedStream.SealAsync(lease.Proposal.TenantKey!.PublicKey, new MemoryStream(Encoding.UTF8.GetBytes(output)), stream, context, cancellation);
                break;
            case RelayPurpose:
                await stream.CopyToAsync(stream, cancellation);
                break;
            default:
                stream.Abort("no such thing here");
                return;
        }

        await stream.CompleteWritesAsync();
    }

    /// <summary>Each line is one batch, at offsets 0, 10, 20.</summary>
    private static async Task SendLogsAsync(LinkStream stream, LogsPurpose logs, CancellationToken cancellation)
    {
        for (var line = (int)(logs.FromOffset / 10); line < LogLines.Length; line++)
        {
            var batch = new LogBatch((line + 1) * 10, 0, [new LogEntry(0, false, false, LogLines[line])]);
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(batch, LinkJson.Default.LogBatch), cancellation);
            await stream.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }
}
