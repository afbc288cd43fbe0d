namespace Grid.Node.Execution.Logs;

/// <summary>Stores what a workload prints: line by line, with time and stream, in a bounded ring of segments. One writer a log, one thread.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly List<byte> _output = [];
    private readonly List<byte> _error = [];
    private FileStream _segment;
    private long _segmentStart;

    public LogWriter(string directory, TimeProvider time)
    {
        _directory = directory;
        _time = time;
        Directory.CreateDirectory(directory);
        var segments = LogSegments.In(directory);
        _segmentStart = segments.Count == 0 ? 0 : segments[^1].Start;
        _segment = Open(_segmentStart);
        EndTornLine();
    }

    /// <summary>Takes bytes as they come; only whole lines are stored, unless one is too long.</summary>
    public void Append(LogStream stream, ReadOnlySpan<byte> bytes)
    {
        var pending = Pending(stream);
        while (bytes.Length > 0)
        {
            var room = Limits.MaxLogLineBytes - pending.Count;
            var end = bytes.IndexOf((byte)'\n');
            if (end >= 0 && end <= room)
            {
                pending.AddRange(bytes[..end]);
                bytes = bytes[(end + 1)..];
                Store(stream, pending, isComplete: true);
            }
            else if (bytes.Length >= room)
            {
                pending.AddRange(bytes[..room]);
                bytes = bytes[room..];
                Store(stream, pending, isComplete: false);
            }
            else
            {
                pending.AddRange(bytes);
                bytes = [];
            }
        }
    }

    /// <summary>Stores what waits for the end of its line: it may be a question, or the last words.</summary>
    public void FlushParts()
    {
        if (_output.Count > 0) Store(LogStream.Output, _output, isComplete: false);
        if (_error.Count > 0) Store(LogStream.Error, _error, isComplete: false);
    }

    /// <summary>A line of the supervisor's own.</summary>
    public void Note(string text)
    {
        FlushParts();
        Store(LogStream.Error, [.. System.Text.Encoding.UTF8.GetBytes($"[grid] {text}")], isComplete: true);
    }

    public void MakeDurable() => _segment.Flush(flushToDisk: true);

    public void Dispose()
    {
        FlushParts();
        _segment.Dispose();
    }

    private List<byte> Pending(LogStream stream) => stream == LogStream.Output ? _output : _error;

    private void Store(LogStream stream, List<byte> text, bool isComplete)
    {
        var line = LogLine.Encode(_time.GetUtcNow().ToUnixTimeMilliseconds(), stream, isComplete, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(text));
        text.Clear();
        if (_segment.Length + line.Length > Limits.MaxLogSegmentBytes) Turn();
        _segment.Write(line);
    }

    private void Turn()
    {
        _segmentStart += _segment.Length;
        _segment.Dispose();
        _segment = Open(_segmentStart);
        var segments = LogSegments.In(_directory);
        foreach (var (start, path) in segments)
        {
            // Room for the new segment too, so that the whole never exceeds its bound.
            if (_segmentStart + Limits.MaxLogSegmentBytes - start > Limits.MaxLogBytes) File.Delete(path);
        }
    }

    private FileStream Open(long start) =>
        new(LogSegments.PathOf(_directory, start), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private void EndTornLine()
    {
        if (_segment.Length == 0) return;
        using var reader = new FileStream(_segment.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        reader.Seek(-1, SeekOrigin.End);
        if (reader.ReadByte() != '\n') _segment.WriteByte((byte)'\n');
    }
}
