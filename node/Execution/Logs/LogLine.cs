using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Grid.Node.Execution.Logs;

public enum LogStream
{
    Output,
    Error,
}

/// <param name="IsComplete">False where the line goes on in the next one of its stream.</param>
public readonly record struct LogLine(long TimeUnixMs, LogStream Stream, bool IsComplete, string Text)
{
    /// <summary>As stored: <c>time mark text</c>, where the mark is o or e, and O or E for a part of a line.</summary>
    internal static byte[] Encode(long timeUnixMs, LogStream stream, bool isComplete, ReadOnlySpan<byte> text)
    {
        var mark = (stream, isComplete) switch { (LogStream.Output, true) => 'o', (LogStream.Output, false) => 'O', (_, true) => 'e', _ => 'E' };
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timeUnixMs} {mark} ")), .. text, (byte)'\n'];
    }

    /// <summary>A torn line, which only a machine's crash can leave, is given as it is.</summary>
    internal static LogLine Decode(string stored)
    {
        var words = stored.Split(' ', 3);
        if (words.Length != 3 || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time) || words[1].Length != 1)
        {
            return new LogLine(0, LogStream.Error, IsComplete: true, stored);
        }

        return new LogLine(time, words[1] is "o" or "O" ? LogStream.Output : LogStream.Error, char.IsAsciiLetterLower(words[1][0]), words[2]);
    }
}

/// <summary>Whole lines from one point of a log on.</summary>
/// <param name="NextOffset">Where to read on. Offsets only grow, also over restarts.</param>
/// <param name="MissedBytes">What was dropped between the asked offset and the first line, since logs are bounded.</param>
public sealed record LogChunk(long NextOffset, long MissedBytes, ImmutableArray<LogLine> Lines);
