using System.Text.Json.Serialization;

namespace Grid.Node.Leases;

/// <summary>How the node's state is stored: fields are added, never renamed or removed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeState))]
public sealed partial class NodeStateJson : JsonSerializerContext;
