using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Sealing;

/// <summary>Sealed bytes as base64.</summary>
public sealed class SealedBytesJsonConverter : JsonConverter<SealedBytes>
{
    public override SealedBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes))
            throw new JsonException("Expected sealed bytes as base64.");
        try
        {
            return SealedBytes.Parse(bytes);
        }
        catch (SealingException refused)
        {
            throw new JsonException(refused.Message);
        }
    }

    public override void Write(Utf8JsonWriter writer, SealedBytes value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Bytes);
}
