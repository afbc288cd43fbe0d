using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto;

/// <summary>Reads and writes a value as its hex text, also where it is the key of a JSON object.</summary>
public abstract class HexJsonConverter<T> : JsonConverter<T>
    where T : struct, ISpanParsable<T>, IUtf8SpanFormattable
{
    /// <summary>The longest text: a signature's.</summary>
    private const int TextLength = 2 + Signature.SizeBytes * 2;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ParseText(ref reader);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[TextLength];
        value.TryFormat(text, out var length, default, null);
        writer.WriteStringValue(text[..length]);
    }

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ParseText(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[TextLength];
        value.TryFormat(text, out var length, default, null);
        writer.WritePropertyName(text[..length]);
    }

    private static T ParseText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && TryParse(ref reader, out var value)) return value;
        throw new JsonException($"Expected a {typeof(T).Name} as hexadecimal text.");
    }

    private static bool TryParse(ref Utf8JsonReader reader, out T value)
    {
        value = default;
        if (reader.ValueIsEscaped || reader.HasValueSequence) return T.TryParse(reader.GetString(), null, out value);
        if (reader.ValueSpan.Length > TextLength) return false;
        Span<char> text = stackalloc char[TextLength];
        return T.TryParse(text[..reader.CopyString(text)], null, out value);
    }
}

public sealed class Hash256JsonConverter : HexJsonConverter<Hash256>;

public sealed class AddressJsonConverter : HexJsonConverter<Address>;

public sealed class SignatureJsonConverter : HexJsonConverter<Signature>;
