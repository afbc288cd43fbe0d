using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>A provider: the address of its node's key. One node, one machine, one address.</summary>
[JsonConverter(typeof(ProviderIdJsonConverter))]
public readonly record struct ProviderId(Address Value) : IComparable<ProviderId>, ISpanParsable<ProviderId>, IUtf8SpanFormattable
{
    public int CompareTo(ProviderId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    public static ProviderId Parse(string s, IFormatProvider? provider = null) => new(Address.Parse(s, provider));

    public static ProviderId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Address.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProviderId result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ProviderId result)
    {
        var parsed = Address.TryParse(s, provider, out var value);
        result = new ProviderId(value);
        return parsed;
    }
}

public sealed class ProviderIdJsonConverter : HexJsonConverter<ProviderId>;
