using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol;

/// <summary>Money as a JSON integer of micro-units.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.MicroUnits);
}

/// <summary>A rate as a JSON integer of micro-units per hour.</summary>
public sealed class RatePerHourJsonConverter : JsonConverter<RatePerHour>
{
    public override RatePerHour Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, RatePerHour value, JsonSerializerOptions options) => writer.WriteNumberValue(value.MicroUnits);
}
