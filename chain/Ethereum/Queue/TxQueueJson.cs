using System.Text.Json.Serialization;
using Grid.Chain.Ethereum.Rpc;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>The stored form; a change that older programs can't read raises the version.</summary>
internal sealed record StoredQueue(int Version, TxQueueState Queue)
{
    public const int CurrentVersion = 1;
}

[JsonSerializable(typeof(StoredQueue))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(QuantityConverter), typeof(SmallQuantityConverter), typeof(HexDataConverter)])]
internal sealed partial class TxQueueJson : JsonSerializerContext;
