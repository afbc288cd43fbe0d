using System.Globalization;
using Grid.Protocol;

namespace Grid.CommandLine.Output;

/// <summary>An amount as people write it: tokens with up to six decimals.</summary>
internal static class TokenAmount
{
    private const int Decimals = 6;

    public static bool TryParse(string text, out Money amount)
    {
        amount = default;
        var parts = text.Split('.');
        if (parts.Length > 2 || parts.Length == 2 && parts[1].Length is 0 or > Decimals) return false;
        var fraction = parts.Length == 2 ? parts[1].PadRight(Decimals, '0') : new string('0', Decimals);
        if (!long.TryParse(parts[0] + fraction, NumberStyles.None, CultureInfo.InvariantCulture, out var microUnits)) return false;
        amount = new Money(microUnits);
        return true;
    }
}
