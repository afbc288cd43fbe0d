using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Matching;

/// <summary>Matches as JSON, for the API and between grains.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MatchExplanation))]
[JsonSerializable(typeof(MatchCandidate))]
[JsonSerializable(typeof(RecordedBid))]
[JsonSerializable(typeof(MatchWeights))]
[JsonSerializable(typeof(Factors))]
[JsonSerializable(typeof(IndexPosition))]
[JsonSerializable(typeof(MatchSeed))]
[JsonSerializable(typeof(HardFilter))]
public sealed partial class MatchingJson : JsonSerializerContext;
