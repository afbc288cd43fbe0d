using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Grid.Protocol.Link.Messages;

namespace Grid.Silo.Api;

/// <summary>Reads a node's log stream: one <see cref="LogBatch"/> a line.</summary>
internal static class LogBatches
{
    private const byte LineFeed = (byte)'\n';

    /// <exception cref="IOException">The stream broke off, or what came is no log.</exception>
    public static async IAsyncEnumerable<LogBatch> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (TryTake(ref rest, out var batch)) yield return batch;
            if (read.IsCompleted) break;
            if (rest.Length > Limits.LogBatchBytes) throw new IOException($"The node sent a batch of more than {Limits.LogBatchBytes} bytes.");
            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, out LogBatch batch)
    {
        batch = null!;
        if (rest.PositionOf(LineFeed) is not { } end) return false;
        batch = Parse(rest.Slice(0, end));
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }

    private static LogBatch Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref reader, LinkJson.Default.LogBatch) ?? throw new IOException("The node sent null in place of a log batch.");
        }
        catch (JsonException malformed)
        {
            throw new IOException($"The node sent a log batch that can't be read: {malformed.Message}");
        }
    }
}
