using System.Text;

namespace Grid.Protocol.Manifests.Yaml;

/// <summary>Bytes to characters, refusing before any scanner runs what is too long or not text.</summary>
internal static class BoundedText
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Reads at most one byte past the limit, however long the stream is.</summary>
    public static ReadOnlyMemory<byte> ReadAtMostLimit(Stream stream)
    {
        var buffer = new byte[ManifestLimits.FileBytes + 1];
        return buffer.AsMemory(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    public static string? Decode(ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (IsTooLong(bytes.Length, findings)) return null;
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return Refuse(findings, "the file is UTF-16; expected UTF-8: save it as UTF-8");
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return Refuse(findings, "the file is not valid UTF-8; expected a text file");
        return Encoding.GetString(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
    }

    public static bool IsAcceptable(string text, Findings findings) =>
        !IsTooLong(text.Length, findings) && HasOnlyTextCharacters(text, findings) && HasFewDirectives(text, findings);

    private static bool IsTooLong(int length, Findings findings)
    {
        if (length <= ManifestLimits.FileBytes) return false;
        findings.Error(0, 0, "", $"the file is longer than {ManifestLimits.FileBytes} bytes; split the deployment or move data out of it");
        return true;
    }

    // A NUL would end YamlDotNet's input early, and the rest of the file would be silently ignored.
    private static bool HasOnlyTextCharacters(string text, Findings findings)
    {
        var (line, lineStart) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') (line, lineStart) = (line + 1, i + 1);
            if (c is >= ' ' and < '\u007f' or '\n' or '\r' or '\t' || c >= '\u00a0' && !IsLoneSurrogate(text, i) || c == '\u0085') continue;
            findings.Error(line, i - lineStart + 1, "", $"the character U+{(int)c:X4} may not occur in a text file; remove it or write it as an escape in double quotes");
            return false;
        }
        return true;
    }

    private static bool IsLoneSurrogate(string text, int index)
    {
        if (!char.IsSurrogate(text[index])) return false;
        return char.IsHighSurrogate(text[index])
            ? index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1])
            : index == 0 || !char.IsHighSurrogate(text[index - 1]);
    }

    private static bool HasFewDirectives(string text, Findings findings)
    {
        var directives = text.StartsWith('%') ? 1 : 0;
        for (var at = text.IndexOf("\n%", StringComparison.Ordinal); at >= 0 && directives <= ManifestLimits.Directives; at = text.IndexOf("\n%", at + 1, StringComparison.Ordinal)) directives++;
        if (directives <= ManifestLimits.Directives) return true;
        findings.Error(0, 0, "", $"more than {ManifestLimits.Directives} lines begin with `%`; a manifest needs no YAML directives");
        return false;
    }

    private static string? Refuse(Findings findings, string message)
    {
        findings.Error(0, 0, "", message);
        return null;
    }
}
