namespace Grid.Protocol.Catalogue;

internal static class Decimals
{
    /// <summary>Decimal text times 10^places, exactly: <c>-12.5</c> at 2 places is -1250.</summary>
    public static long Scaled(string text, int places)
    {
        var isNegative = text.StartsWith('-');
        var digits = text.AsSpan(isNegative ? 1 : 0);
        var point = digits.IndexOf('.');
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (fraction.Length > places) throw new FormatException($"{text} has more than {places} decimals.");
        var value = Digits(point < 0 ? digits : digits[..point]) * PowerOfTen(places) + Digits(fraction) * PowerOfTen(places - fraction.Length);
        return isNegative ? -value : value;
    }

    private static long Digits(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var digit in digits) value = char.IsAsciiDigit(digit) ? checked(value * 10 + (digit - '0')) : throw new FormatException($"{digits} is not a number.");
        return value;
    }

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
