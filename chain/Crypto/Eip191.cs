using System.Globalization;
using System.Text;

namespace Grid.Chain.Crypto;

/// <summary>Digests of signed data (EIP-191): what a wallet signs begins with 0x19, so it can never be a transaction.</summary>
public static class Eip191
{
    private static ReadOnlySpan<byte> PersonalPrefix => "\u0019Ethereum Signed Message:\n"u8;

    /// <summary>Version 0x45, <c>personal_sign</c>, over the UTF-8 bytes of the message.</summary>
    public static Hash256 Hash(string message) => Hash(Encoding.UTF8.GetBytes(message));

    /// <summary>Version 0x45, <c>personal_sign</c>: the prefix names the length in bytes, in decimal.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> prefix = stackalloc byte[PersonalPrefix.Length + 10];
        PersonalPrefix.CopyTo(prefix);
        message.Length.TryFormat(prefix[PersonalPrefix.Length..], out var digits, default, CultureInfo.InvariantCulture);
        return Keccak256.Hash(prefix[..(PersonalPrefix.Length + digits)], message);
    }

    /// <summary>Version 0x00: data meant for one contract, the <paramref name="validator"/>.</summary>
    public static Hash256 HashForValidator(Address validator, ReadOnlySpan<byte> data)
    {
        Span<byte> prefix = stackalloc byte[2 + Address.SizeBytes];
        prefix[0] = 0x19;
        prefix[1] = 0x00;
        validator.CopyTo(prefix[2..]);
        return Keccak256.Hash(prefix, data);
    }
}
