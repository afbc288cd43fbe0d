using System.Buffers;
using System.Numerics;

namespace Grid.Protocol.Manifests.Quantities;

/// <summary>Sizes as files write them: <c>512Mi</c>, <c>1gi</c>, <c>4.75Gi</c>, <c>2GB</c>, plain bytes.</summary>
/// <param name="IsUnusual">Written as <c>GB</c> or the like, which other tools read differently.</param>
internal readonly record struct ByteSize(BigInteger Bytes, bool IsUnusual)
{
    public const string Expected = "a size such as 512Mi, 4Gi or 1Ti";

    private const string Prefixes = "kmgtpe";

    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.");

    public static bool TryParse(string text, out ByteSize size)
    {
        size = default;
        var digits = text.AsSpan().IndexOfAnyExcept(Number);
        var (number, unit) = digits < 0 ? (text, "") : (text[..digits], text[digits..].TrimStart());
        if (!ExactDecimal.TryParse(number, out var value) || !TryFactor(unit, out var factor, out var unusual)) return false;
        size = new ByteSize(value.ScaleRoundedUp(factor), unusual);
        return true;
    }

    private static bool TryFactor(string unit, out long factor, out bool unusual)
    {
        var folded = unit.ToLowerInvariant();
        unusual = folded.EndsWith('b') && folded.Length > 1 || unit == "m";
        if (folded.EndsWith('b')) folded = folded[..^1];
        factor = 1;
        if (folded.Length == 0) return true;
        var power = Prefixes.IndexOf(folded[0], StringComparison.Ordinal) + 1;
        if (power == 0 || folded.Length > 2 || folded.Length == 2 && folded[1] != 'i') return false;
        var @base = folded.Length == 2 ? 1024 : 1000;
        for (var i = 0; i < power; i++) factor *= @base;
        return true;
    }
}
