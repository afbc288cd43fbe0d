using System.Runtime.CompilerServices;
using System.Text;

namespace Grid.Client.Logs;

/// <summary>Reads the data of server-sent events (WHATWG HTML §9.2) from a stream, each event's lines joined.</summary>
internal static class ServerSentEvents
{
    private const string DataField = "data:";

    /// <exception cref="GridException">A line is longer than <see cref="Limits.MaxLogLineBytes"/>.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 4096, leaveOpen: true);
        var lines = new BoundedLines(reader);
        var data = new StringBuilder();
        while (await lines.NextAsync(cancellation) is { } line)
        {
            if (line.StartsWith(DataField, StringComparison.Ordinal))
            {
                var text = line.AsSpan(DataField.Length);
                if (data.Length > 0) data.Append('\n');
                data.Append(text.StartsWith(" ") ? text[1..] : text);
                if (data.Length > Limits.MaxLogLineBytes) throw TooLong();
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                yield return data.ToString();
                data.Clear();
            }
        }
    }

    private static GridException TooLong() => new(GridErrorKind.BadAnswer, $"The operator sent an event of more than {Limits.MaxLogLineBytes} bytes.");

    /// <summary>Lines without their ends; a last line that was cut off is not one.</summary>
    private sealed class BoundedLines(StreamReader reader)
    {
        private readonly char[] _buffer = new char[4096];
        private readonly StringBuilder _line = new();
        private int _at;
        private int _length;

        public async ValueTask<string?> NextAsync(CancellationToken cancellation)
        {
            while (true)
            {
                var rest = _buffer.AsMemory(_at, _length - _at);
                var end = rest.Span.IndexOf('\n');
                _line.Append(end < 0 ? rest : rest[..end]);
                if (_line.Length > Limits.MaxLogLineBytes) throw TooLong();
                if (end >= 0)
                {
                    _at += end + 1;
                    return Take();
                }
                _at = 0;
                _length = await reader.ReadAsync(_buffer, cancellation);
                if (_length == 0) return null;
            }
        }

        private string Take()
        {
            if (_line.Length > 0 && _line[^1] == '\r') _line.Length--;
            var line = _line.ToString();
            _line.Clear();
            return line;
        }
    }
}
