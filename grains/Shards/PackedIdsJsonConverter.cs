using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Shards;

/// <summary>Ids as base64 of their bytes, one after the other.</summary>
public sealed class PackedIdsJsonConverter : JsonConverter<ImmutableSortedSet<Hash256>>
{
    public override ImmutableSortedSet<Hash256> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var packed = new PackedReader(reader.GetBytesFromBase64());
        var ids = ImmutableSortedSet.CreateBuilder<Hash256>();
        while (!packed.IsAtEnd) ids.Add(packed.Id());
        return ids.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedSet<Hash256> value, JsonSerializerOptions options)
    {
        var packed = new PackedWriter(value.Count * Hash256.SizeBytes);
        foreach (var id in value) packed.Id(id);
        writer.WriteBase64StringValue(packed.Written);
    }
}
