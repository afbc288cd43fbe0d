using System.Text;

namespace Grid.Matching;

/// <summary>Texts that come again and again, each made once.</summary>
internal sealed class TextPool
{
    private const int MostTexts = 4096;
    private const int LongestBytes = 64;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextPool() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestBytes) return Encoding.UTF8.GetString(utf8);
        Span<char> chars = stackalloc char[LongestBytes];
        var text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        if (_lookup.TryGetValue(text, out var known)) return known;
        var made = text.ToString();
        if (_known.Count < MostTexts) _known.Add(made, made);
        return made;
    }
}
