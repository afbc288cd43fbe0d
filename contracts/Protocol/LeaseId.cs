using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>One attempt of an order at one provider: keccak256(order, attempt).</summary>
[JsonConverter(typeof(LeaseIdJsonConverter))]
public readonly record struct LeaseId(Hash256 Value) : IComparable<LeaseId>, ISpanParsable<LeaseId>, IUtf8SpanFormattable
{
    public int CompareTo(LeaseId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    public static LeaseId Parse(string s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static LeaseId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LeaseId result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out LeaseId result)
    {
        var parsed = Hash256.TryParse(s, provider, out var value);
        result = new LeaseId(value);
        return parsed;
    }
}

public sealed class LeaseIdJsonConverter : HexJsonConverter<LeaseId>;
