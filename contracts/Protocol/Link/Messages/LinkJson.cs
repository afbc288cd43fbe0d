using System.Text.Json.Serialization;

namespace Grid.Protocol.Link.Messages;

/// <summary>The wire's JSON. Its golden samples are in the tests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = Limits.MaxJsonDepth)]
[JsonSerializable(typeof(ControlMessage))]
[JsonSerializable(typeof(StreamPurpose))]
[JsonSerializable(typeof(LogBatch))]
[JsonSerializable(typeof(BoundLease))]
public sealed partial class LinkJson : JsonSerializerContext;
