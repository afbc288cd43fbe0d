using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto;

/// <summary>A 32-byte word: a Keccak-256 or SHA-256 digest, or an id derived from one. Compares as a big-endian number.</summary>
[JsonConverter(typeof(Hash256JsonConverter))]
public readonly struct Hash256 : IEquatable<Hash256>, IComparable<Hash256>, ISpanParsable<Hash256>, IUtf8SpanFormattable
{
    public const int SizeBytes = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <param name="bytes">Exactly 32 bytes, big-endian.</param>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes) throw new ArgumentException($"A 32-byte word needs 32 bytes, not {bytes.Length}.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public static Hash256 Zero => default;

    public bool IsZero => (_a | _b | _c | _d) == 0;

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    public byte[] ToByteArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Hash256 other && Equals(other);

    /// <summary>The same in every process: the value is a digest already, so its own bits spread well.</summary>
    public override int GetHashCode() => (int)(_a ^ _d) ^ (int)(_d >> 32);

    public int CompareTo(Hash256 other)
    {
        if (_a != other._a) return _a.CompareTo(other._a);
        if (_b != other._b) return _b.CompareTo(other._b);
        return _c != other._c ? _c.CompareTo(other._c) : _d.CompareTo(other._d);
    }

    /// <returns>66 characters: <c>0x</c> and lower-case hex.</returns>
    public override string ToString() => string.Create(66, this, static (span, value) =>
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

    public static Hash256 Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    public static Hash256 Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => TryParse(s, provider, out var result)
        ? result
        : throw new FormatException("Expected 0x and 64 hexadecimal digits.");

    public static bool TryParse([NotNullWhen(true)] string? s, out Hash256 result) => TryParse(s.AsSpan(), null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Hash256 result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Hash256 result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (!HexText.TryDecode(s, bytes)) return false;
        result = new Hash256(bytes);
        return true;
    }

    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);

    public static bool operator <(Hash256 left, Hash256 right) => left.CompareTo(right) < 0;

    public static bool operator >(Hash256 left, Hash256 right) => left.CompareTo(right) > 0;

    public static bool operator <=(Hash256 left, Hash256 right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Hash256 left, Hash256 right) => left.CompareTo(right) >= 0;
}
