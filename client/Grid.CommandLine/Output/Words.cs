using System.Globalization;
using Grid.Protocol;

namespace Grid.CommandLine.Output;

/// <summary>Values as people read them.</summary>
internal static class Words
{
    private const int ShortIdLength = 10;

    /// <summary>Long enough to be unique, short enough for a table; commands take it back.</summary>
    public static string Short(object id) => id.ToString() is { Length: > ShortIdLength } text ? text[..ShortIdLength] : $"{id}";

    public static string Amount(Money money, string token = "") => $"{money}{(token.Length == 0 ? "" : " ")}{token}";

    public static string Rate(RatePerHour rate) => $"{new Money(rate.MicroUnits)}/h";

    public static string Percent(int partsPerMillion) => (partsPerMillion / 10_000m).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Milliseconds(long? ms) => ms is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known} ms") : "–";

    public static string Time(long? unixMs) => unixMs is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "–";

    public static string Enum<T>(T value)
        where T : struct, Enum => Camel(value.ToString());

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
