using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>Chosen by the caller of a state change: a repeat with the same id gives the same answer and no second effect.</summary>
[JsonConverter(typeof(OperationIdJsonConverter))]
public readonly record struct OperationId(Hash256 Value) : IComparable<OperationId>, ISpanParsable<OperationId>, IUtf8SpanFormattable
{
    public int CompareTo(OperationId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    public static OperationId Parse(string s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static OperationId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OperationId result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out OperationId result)
    {
        var parsed = Hash256.TryParse(s, provider, out var value);
        result = new OperationId(value);
        return parsed;
    }
}

public sealed class OperationIdJsonConverter : HexJsonConverter<OperationId>;
