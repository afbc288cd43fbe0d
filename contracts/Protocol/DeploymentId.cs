using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Protocol;

/// <summary>A deployment: the hash of its first authorization.</summary>
[JsonConverter(typeof(DeploymentIdJsonConverter))]
public readonly record struct DeploymentId(Hash256 Value) : IComparable<DeploymentId>, ISpanParsable<DeploymentId>, IUtf8SpanFormattable
{
    public int CompareTo(DeploymentId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Value.TryFormat(utf8Destination, out bytesWritten, format, provider);

    public static DeploymentId Parse(string s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static DeploymentId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => new(Hash256.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeploymentId result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out DeploymentId result)
    {
        var parsed = Hash256.TryParse(s, provider, out var value);
        result = new DeploymentId(value);
        return parsed;
    }
}

public sealed class DeploymentIdJsonConverter : HexJsonConverter<DeploymentId>;
