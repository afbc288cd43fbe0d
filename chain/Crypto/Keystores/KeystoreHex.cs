namespace Grid.Chain.Crypto.Keystores;

/// <summary>Hex fields of a keystore: no prefix, either case.</summary>
internal static class KeystoreHex
{
    private const int MaxQuotedChars = 40;

    public static byte[] Decode(string field, string? text, int minBytes, int maxBytes)
    {
        if (text is null) throw new KeystoreException($"{field} is missing.");
        var expected = minBytes == maxBytes ? $"{minBytes * 2}" : $"{minBytes * 2} to {maxBytes * 2}";
        if (text.Length % 2 != 0 || text.Length / 2 < minBytes || text.Length / 2 > maxBytes)
            throw new KeystoreException($"{field} has {text.Length} characters; expected {expected} hexadecimal digits.");
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw new KeystoreException($"{field} is {Quote(text)}; expected {expected} hexadecimal digits.");
        }
    }

    /// <summary>A value for a message: short, and without characters that would garble a terminal.</summary>
    public static string Quote(string? value)
    {
        if (value is null) return "missing";
        var shown = value.Length <= MaxQuotedChars ? value : value[..MaxQuotedChars] + "…";
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}\"";
    }
}
