using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Shards;

/// <summary>A page's worth of ids in ascending order, kept as it is stored: one block of memory, written with every order.</summary>
[JsonConverter(typeof(JsonText))]
public readonly struct IdSet
{
    private readonly ImmutableArray<Hash256> _ids;

    private IdSet(ImmutableArray<Hash256> ids) => _ids = ids;

    public ImmutableArray<Hash256> Ascending => _ids.IsDefault ? [] : _ids;

    public int Count => Ascending.Length;

    public bool Contains(Hash256 id) => Ascending.BinarySearch(id) >= 0;

    public IdSet With(Hash256 id)
    {
        var place = Ascending.BinarySearch(id);
        return place >= 0 ? this : new IdSet(Ascending.Insert(~place, id));
    }

    public IdSet Without(Hash256 id)
    {
        var place = Ascending.BinarySearch(id);
        return place < 0 ? this : new IdSet(Ascending.RemoveAt(place));
    }

    /// <summary>Base64 of the ids' bytes, one after the other.</summary>
    internal sealed class JsonText : JsonConverter<IdSet>
    {
        public override IdSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var packed = new PackedReader(reader.GetBytesFromBase64());
            var ids = ImmutableArray.CreateBuilder<Hash256>();
            while (!packed.IsAtEnd) ids.Add(packed.Id());
            return new IdSet(ids.ToImmutable());
        }

        public override void Write(Utf8JsonWriter writer, IdSet value, JsonSerializerOptions options)
        {
            var packed = PackedWriter.Begin();
            foreach (var id in value.Ascending) packed.Id(id);
            writer.WriteBase64StringValue(packed.Written);
        }
    }
}
