using System.Text.Json.Serialization;

namespace Grid.Silo.Hosting;

/// <summary>The row that readiness writes: that it can be written is all that matters.</summary>
public sealed record ReadyProbe
{
    public DateTimeOffset At { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadyProbe))]
internal sealed partial class ProbeJson : JsonSerializerContext;
