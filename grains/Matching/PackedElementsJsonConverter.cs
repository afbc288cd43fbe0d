using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Protocol;

namespace Grid.Matching;

/// <summary>
/// Open elements as base64 of some 35 bytes each: hundreds of orders are on their way at a time, and every binding writes them all.
/// Reads also the list that was stored before.
/// </summary>
public sealed class PackedElementsJsonConverter : JsonConverter<ImmutableSortedDictionary<int, OrderId>>
{
    public override ImmutableSortedDictionary<int, OrderId> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var open = ImmutableSortedDictionary.CreateBuilder<int, OrderId>();
        if (reader.TokenType != JsonTokenType.String)
        {
            var listed = JsonSerializer.Deserialize(ref reader, GrainStateJson.Default.ImmutableArrayBoundElement);
            foreach (var bound in listed) open[bound.Element] = bound.Order;
            return open.ToImmutable();
        }

        var packed = new PackedReader(reader.GetBytesFromBase64());
        while (!packed.IsAtEnd) open[checked((int)packed.Number())] = new OrderId(packed.Id());
        return open.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<int, OrderId> value, JsonSerializerOptions options)
    {
        var packed = PackedWriter.Begin();
        foreach (var (element, order) in value)
        {
            packed.Number(element);
            packed.Id(order.Value);
        }

        writer.WriteBase64StringValue(packed.Written);
    }
}
