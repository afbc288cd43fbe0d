using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto;

/// <summary>An Ethereum address: the last 20 bytes of the Keccak-256 of a public key. Text carries the EIP-55 checksum.</summary>
[JsonConverter(typeof(AddressJsonConverter))]
public readonly struct Address : IEquatable<Address>, IComparable<Address>, ISpanParsable<Address>, IUtf8SpanFormattable
{
    public const int SizeBytes = 20;

    private readonly ulong _a, _b;
    private readonly uint _c;

    /// <param name="bytes">Exactly 20 bytes.</param>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SizeBytes) throw new ArgumentException($"An address needs 20 bytes, not {bytes.Length}.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    public static Address Zero => default;

    public bool IsZero => (_a | _b | _c) == 0;

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _c);
    }

    public byte[] ToByteArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Address other) => _a == other._a && _b == other._b && _c == other._c;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Address other && Equals(other);

    /// <summary>The same in every process.</summary>
    public override int GetHashCode() => (int)(_a ^ _b) ^ (int)(_a >> 32) ^ (int)_c;

    public int CompareTo(Address other)
    {
        if (_a != other._a) return _a.CompareTo(other._a);
        return _b != other._b ? _b.CompareTo(other._b) : _c.CompareTo(other._c);
    }

    /// <returns>42 characters with the EIP-55 checksum in the case of the letters.</returns>
    public override string ToString() => Eip55.Format(this);

    /// <summary>The same text in UTF-8.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Encoding.UTF8.TryGetBytes(Eip55.Format(this), utf8Destination, out bytesWritten);

    public static Address Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    public static Address Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => TryParse(s, provider, out var result)
        ? result
        : throw new FormatException("Expected an address: 0x and 40 hexadecimal digits, all in one case or with a valid EIP-55 checksum.");

    public static bool TryParse([NotNullWhen(true)] string? s, out Address result) => TryParse(s.AsSpan(), null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Address result) => TryParse(s.AsSpan(), provider, out result);

    /// <summary>Mixed case must carry the right checksum (EIP-55); one case alone carries none and is taken as it is.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Address result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (!HexText.TryDecode(s, bytes)) return false;
        var address = new Address(bytes);
        if (!Eip55.IsChecksumAcceptable(s, address)) return false;
        result = address;
        return true;
    }

    public static bool operator ==(Address left, Address right) => left.Equals(right);

    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
