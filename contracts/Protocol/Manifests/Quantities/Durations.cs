using System.Globalization;

namespace Grid.Protocol.Manifests.Quantities;

internal static class Durations
{
    public const string Expected = "a duration such as 30s, 5min, 2h, 1d, 1mon or 1y";

    private static readonly (string Unit, long Seconds)[] Units =
        [("s", 1), ("sec", 1), ("m", 60), ("min", 60), ("h", 3600), ("d", 86_400), ("w", 7 * 86_400), ("mon", 30 * 86_400), ("y", 365 * 86_400)];

    /// <summary>A month is 30 days, a year 365.</summary>
    public static bool TryParseSeconds(string text, out long seconds)
    {
        seconds = 0;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 10) return false;
        var unit = text[digits..].Trim().ToLowerInvariant();
        foreach (var (name, factor) in Units)
        {
            if (name != unit) continue;
            seconds = long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) * factor;
            return true;
        }
        return false;
    }
}
