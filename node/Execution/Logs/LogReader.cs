using System.Collections.Immutable;
using System.Text;

namespace Grid.Node.Execution.Logs;

/// <summary>Reads a log while another process writes it, and after that process is gone.</summary>
internal static class LogReader
{
    /// <param name="fromOffset">0, or a former chunk's <see cref="LogChunk.NextOffset"/>.</param>
    public static LogChunk Read(string directory, long fromOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        foreach (var (start, path) in LogSegments.In(directory))
        {
            if (ReadSegment(path, start, fromOffset) is { Lines.Length: > 0 } chunk) return chunk;
        }

        return new LogChunk(fromOffset, 0, []);
    }

    private static LogChunk? ReadSegment(string path, long start, long fromOffset)
    {
        try
        {
            using var segment = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var skipped = Math.Max(0, fromOffset - start);
            if (skipped >= segment.Length) return null;
            segment.Seek(skipped, SeekOrigin.Begin);
            var bytes = new byte[Math.Min(Limits.MaxLogChunkBytes, segment.Length - skipped)];
            var read = segment.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var whole = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            return new LogChunk(start + skipped + whole, Math.Max(0, start - fromOffset), Lines(bytes.AsSpan(0, whole)));
        }
        catch (FileNotFoundException)
        {
            // The writer dropped it in between; the next one is read, and the gap is counted.
            return null;
        }
    }

    private static ImmutableArray<LogLine> Lines(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? [] : [.. Encoding.UTF8.GetString(bytes[..^1]).Split('\n').Select(LogLine.Decode)];
}
