using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Chain.Crypto;

/// <summary>Reads and writes a value as its hex text, also where it is the key of a JSON object.</summary>
public abstract class HexJsonConverter<T> : JsonConverter<T>
    where T : struct, ISpanParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ParseText(ref reader);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ParseText(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);

    private static T ParseText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && T.TryParse(reader.GetString(), null, out var value)) return value;
        throw new JsonException($"Expected a {typeof(T).Name} as hexadecimal text.");
    }
}

public sealed class Hash256JsonConverter : HexJsonConverter<Hash256>;

public sealed class AddressJsonConverter : HexJsonConverter<Address>;

public sealed class SignatureJsonConverter : HexJsonConverter<Signature>;
