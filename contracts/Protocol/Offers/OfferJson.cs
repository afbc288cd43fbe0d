using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Offers;

/// <summary>Offers as JSON, the same on the node link, between grains and in stored state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OfferChoices))]
[JsonSerializable(typeof(OfferTerms))]
[JsonSerializable(typeof(ResourceAmounts))]
[JsonSerializable(typeof(UnitPrices))]
public sealed partial class OfferJson : JsonSerializerContext;
