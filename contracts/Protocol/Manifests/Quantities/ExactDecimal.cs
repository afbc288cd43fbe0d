using System.Globalization;
using System.Numerics;

namespace Grid.Protocol.Manifests.Quantities;

/// <summary>A non-negative decimal number as text gives it, without rounding: mantissa / 10^decimals.</summary>
internal readonly record struct ExactDecimal(BigInteger Mantissa, int Decimals)
{
    private const int MaxDigits = 18;
    private const int MaxDecimals = 18;

    public BigInteger Scale => BigInteger.Pow(10, Decimals);

    public bool IsZero => Mantissa.IsZero;

    /// <summary>Digits with at most one point, as <c>12</c>, <c>0.5</c>, <c>4.0</c>; no sign, no exponent.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ExactDecimal value)
    {
        value = default;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = (point < 0 ? [] : text[(point + 1)..]).TrimEnd('0');
        whole = whole.Length > 1 ? whole.TrimStart('0') : whole;
        if (whole.Length > MaxDigits || fraction.Length > MaxDecimals || whole.Length + fraction.Length == 0 && !text.Contains('0')) return false;
        if (whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')) return false;
        value = new ExactDecimal(BigInteger.Parse($"0{whole}{fraction}", CultureInfo.InvariantCulture), fraction.Length);
        return true;
    }

    /// <summary>Value × factor when that is a whole number.</summary>
    public bool TryScale(long factor, out BigInteger product)
    {
        product = BigInteger.DivRem(Mantissa * factor, Scale, out var remainder);
        return remainder.IsZero;
    }

    /// <summary>⌈value × factor⌉: a requirement rounds up.</summary>
    public BigInteger ScaleRoundedUp(long factor) => (Mantissa * factor + Scale - 1) / Scale;

    public override string ToString()
    {
        var digits = Mantissa.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        return Decimals == 0 ? digits : $"{digits[..^Decimals]}.{digits[^Decimals..]}";
    }
}
