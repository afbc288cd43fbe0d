using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>One group of services to be placed together: keccak256(deployment, placement, ordinal, generation).</summary>
[JsonConverter(typeof(OrderIdJsonConverter))]
public readonly record struct OrderId(Hash256 Value) : IComparable<OrderId>, ISpanParsable<OrderId>, IUtf8SpanFormattable
{
    public int CompareTo(OrderId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    public static OrderId Parse(string s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static OrderId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrderId result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out OrderId result)
    {
        var parsed = Hash256.TryParse(s, provider, out var value);
        result = new OrderId(value);
        return parsed;
    }
}

public sealed class OrderIdJsonConverter : HexJsonConverter<OrderId>;
