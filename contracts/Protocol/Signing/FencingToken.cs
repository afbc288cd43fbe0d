using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Signing;

/// <summary>One durable counter per node, raised before each acceptance. Operators carry tokens and never invent them.</summary>
[JsonConverter(typeof(FencingTokenJsonConverter))]
public readonly record struct FencingToken(ulong Value) : IComparable<FencingToken>
{
    public FencingToken Next => new(checked(Value + 1));

    public int CompareTo(FencingToken other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A token as a JSON integer.</summary>
public sealed class FencingTokenJsonConverter : JsonConverter<FencingToken>
{
    public override FencingToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetUInt64());

    public override void Write(Utf8JsonWriter writer, FencingToken value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
