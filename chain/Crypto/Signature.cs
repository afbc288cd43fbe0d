using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto;

/// <summary>
/// A recoverable secp256k1 signature in Ethereum's wire form: r ‖ s ‖ v, 65 bytes, v = 27 or 28.
/// The value carries any 65 bytes; <see cref="Secp256k1.TryRecover"/> says whether they are a signature.
/// </summary>
[JsonConverter(typeof(SignatureJsonConverter))]
public readonly struct Signature : IEquatable<Signature>, ISpanParsable<Signature>, IUtf8SpanFormattable
{
    public const int SizeBytes = 65;
    private const int TextLength = 2 + SizeBytes * 2;

    /// <param name="bytes">Exactly 65 bytes: r, s, v.</param>
    public Signature(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes) throw new ArgumentException($"A signature needs 65 bytes (r, s, v), not {bytes.Length}.", nameof(bytes));
        R = new Hash256(bytes[..32]);
        S = new Hash256(bytes[32..64]);
        V = bytes[64];
    }

    public Signature(Hash256 r, Hash256 s, byte v)
    {
        R = r;
        S = s;
        V = v;
    }

    public Hash256 R { get; }

    public Hash256 S { get; }

    /// <summary>27 + the parity of the nonce point's y.</summary>
    public byte V { get; }

    public void CopyTo(Span<byte> destination)
    {
        R.CopyTo(destination);
        S.CopyTo(destination[32..]);
        destination[64] = V;
    }

    public byte[] ToByteArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Signature other) => R == other.R && S == other.S && V == other.V;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Signature other && Equals(other);

    /// <summary>The same in every process.</summary>
    public override int GetHashCode() => R.GetHashCode() ^ S.GetHashCode() ^ V;

    /// <returns>132 characters: <c>0x</c> and lower-case hex.</returns>
    public override string ToString() => string.Create(TextLength, this, static (span, value) =>
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        value.CopyTo(bytes);
        "0x".CopyTo(span);
        Convert.TryToHexStringLower(bytes, span[2..], out _);
    });

    /// <summary>The same text in UTF-8.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        CopyTo(bytes);
        return HexText.TryEncode(bytes, utf8Destination, out bytesWritten);
    }

    public static Signature Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    public static Signature Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => TryParse(s, provider, out var result)
        ? result
        : throw new FormatException("Expected a signature: 0x and 130 hexadecimal digits (r, s, v).");

    public static bool TryParse([NotNullWhen(true)] string? s, out Signature result) => TryParse(s.AsSpan(), null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Signature result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Signature result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (!HexText.TryDecode(s, bytes)) return false;
        result = new Signature(bytes);
        return true;
    }

    public static bool operator ==(Signature left, Signature right) => left.Equals(right);

    public static bool operator !=(Signature left, Signature right) => !left.Equals(right);
}
