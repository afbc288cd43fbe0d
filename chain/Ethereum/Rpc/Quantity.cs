using System.Globalization;

namespace Grid.Chain.Ethereum.Rpc;

/// <summary>Numbers as JSON-RPC writes them: <c>0x</c> and hex digits, no leading zeros, zero as <c>0x0</c>.</summary>
public static class Quantity
{
    private const int MaxDigits = 32;

    public static string Format(UInt128 number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 number)
    {
        number = 0;
        if (text.Length < 3 || text.Length > 2 + MaxDigits || text[0] != '0' || text[1] != 'x') return false;
        var digits = text[2..];
        return (digits[0] != '0' || digits.Length == 1) && UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
