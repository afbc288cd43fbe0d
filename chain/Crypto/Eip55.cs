namespace Grid.Chain.Crypto;

/// <summary>The checksum of an address in the case of its letters (EIP-55).</summary>
internal static class Eip55
{
    // An address is the key of grains and rows, so the same few are written again and again, and each text costs a hash. An entry is
    // lost to a newer one.
    private static readonly Checksummed?[] s_remembered = new Checksummed?[Limits.RememberedAddressTexts];

    public static string Format(Address address)
    {
        ref var slot = ref s_remembered[address.GetHashCode() & (Limits.RememberedAddressTexts - 1)];
        var known = Volatile.Read(ref slot);
        if (known is not null && known.Address == address) return known.Text;
        var text = Compute(address);
        Volatile.Write(ref slot, new Checksummed(address, text));
        return text;
    }

    public static bool IsChecksumAcceptable(ReadOnlySpan<char> text, Address address)
    {
        var digits = text[2..];
        var mixed = digits.IndexOfAnyInRange('a', 'f') >= 0 && digits.IndexOfAnyInRange('A', 'F') >= 0;
        return !mixed || digits.SequenceEqual(Format(address).AsSpan(2));
    }

    private static string Compute(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.SizeBytes];
        address.CopyTo(bytes);
        Span<char> text = stackalloc char[42];
        "0x".CopyTo(text);
        var digits = text[2..];
        Convert.TryToHexStringLower(bytes, digits, out _);

        Span<byte> ascii = stackalloc byte[40];
        for (var i = 0; i < ascii.Length; i++) ascii[i] = (byte)digits[i];
        Span<byte> hash = stackalloc byte[Hash256.SizeBytes];
        Keccak256.Hash(ascii).CopyTo(hash);

        for (var i = 0; i < digits.Length; i++)
        {
            var nibble = (i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2]) & 0xf;
            if (nibble >= 8) digits[i] = char.ToUpperInvariant(digits[i]);
        }

        return new string(text);
    }

    private sealed record Checksummed(Address Address, string Text);
}
