using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Sealing;

/// <summary>A public key as hex text.</summary>
public sealed class SealingPublicKeyJsonConverter : JsonConverter<SealingPublicKey>
{
    public override SealingPublicKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String && SealingPublicKey.TryParse(reader.GetString(), out var key)) return key;
        throw new JsonException("Expected a P-256 public key: 0x and 130 hexadecimal digits of an uncompressed point on the curve.");
    }

    public override void Write(Utf8JsonWriter writer, SealingPublicKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
