using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Rpc;

/// <summary>A quantity of up to 128 bits.</summary>
internal sealed class QuantityConverter : JsonConverter<UInt128>
{
    public override UInt128 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Quantity.TryParse(reader.GetString(), out var number)
            ? number
            : throw new JsonException("Expected a quantity: 0x and up to 32 hexadecimal digits without leading zeros.");

    public override void Write(Utf8JsonWriter writer, UInt128 value, JsonSerializerOptions options) => writer.WriteStringValue(Quantity.Format(value));
}

/// <summary>A quantity of up to 64 bits.</summary>
internal sealed class SmallQuantityConverter : JsonConverter<ulong>
{
    private static readonly QuantityConverter s_wide = new();

    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var number = s_wide.Read(ref reader, typeof(UInt128), options);
        return number <= ulong.MaxValue ? (ulong)number : throw new JsonException("Expected a quantity of up to 64 bits.");
    }

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) => writer.WriteStringValue(Quantity.Format(value));
}

/// <summary>Bytes: <c>0x</c> and two digits each; none are <c>0x</c>.</summary>
internal sealed class HexDataConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var bytes)
            ? bytes
            : throw new JsonException("Expected 0x and hexadecimal digits, two a byte.");

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(HexText.Encode(value.Span));

    public static bool TryParse(string text, out byte[] bytes)
    {
        bytes = text.Length >= 2 ? new byte[(text.Length - 2) / 2] : [];
        return HexText.TryDecode(text, bytes);
    }
}
