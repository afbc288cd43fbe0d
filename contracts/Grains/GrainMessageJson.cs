using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid;

/// <summary>
/// The protocol's types as they travel inside grains' messages: on the clustered host Orleans sends them as this JSON, since the protocol knows nothing of
/// Orleans. A test compares the list with what the grain interfaces reach.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(AnnouncedMaintenance))]
[JsonSerializable(typeof(Bindings))]
[JsonSerializable(typeof(BoundElsewhere))]
[JsonSerializable(typeof(Provenance))]
[JsonSerializable(typeof(BoundPort))]
[JsonSerializable(typeof(CloseReason))]
[JsonSerializable(typeof(CpuArchitecture))]
[JsonSerializable(typeof(DeploymentId))]
[JsonSerializable(typeof(EraRoot))]
[JsonSerializable(typeof(EraRow))]
[JsonSerializable(typeof(Factors))]
[JsonSerializable(typeof(FaultClaim))]
[JsonSerializable(typeof(GpuInterface))]
[JsonSerializable(typeof(HardFilter))]
[JsonSerializable(typeof(Hash256))]
[JsonSerializable(typeof(IndexPosition))]
[JsonSerializable(typeof(IsolationLevel))]
[JsonSerializable(typeof(LeaseId))]
[JsonSerializable(typeof(MatchCandidate))]
[JsonSerializable(typeof(MatchWeights))]
[JsonSerializable(typeof(LeaseProof))]
[JsonSerializable(typeof(Money))]
[JsonSerializable(typeof(NamedInput))]
[JsonSerializable(typeof(OfferAttribute))]
[JsonSerializable(typeof(OfferMode))]
[JsonSerializable(typeof(OfferPrices))]
[JsonSerializable(typeof(OfferTerms))]
[JsonSerializable(typeof(OrderId))]
[JsonSerializable(typeof(PayerLeaf))]
[JsonSerializable(typeof(PayerProof))]
[JsonSerializable(typeof(ProviderId))]
[JsonSerializable(typeof(ProviderLeaf))]
[JsonSerializable(typeof(ProviderProof))]
[JsonSerializable(typeof(ProviderObservation))]
[JsonSerializable(typeof(PublishedSealingKey))]
[JsonSerializable(typeof(RatePerHour))]
[JsonSerializable(typeof(ResourceAmounts))]
[JsonSerializable(typeof(SealedSecret))]
[JsonSerializable(typeof(SettlementRoot))]
[JsonSerializable(typeof(Signature))]
[JsonSerializable(typeof(Signed<Acceptance>))]
[JsonSerializable(typeof(Signed<Authorization>))]
[JsonSerializable(typeof(Signed<Close>))]
[JsonSerializable(typeof(Signed<EraProposal>))]
[JsonSerializable(typeof(Signed<EraRoot>))]
[JsonSerializable(typeof(Signed<FundOrder>))]
[JsonSerializable(typeof(Signed<Maintenance>))]
[JsonSerializable(typeof(Signed<ObservationsPublished>))]
[JsonSerializable(typeof(Signed<Offer>))]
[JsonSerializable(typeof(Signed<Opening>))]
[JsonSerializable(typeof(Signed<OwnerConsent>))]
[JsonSerializable(typeof(Signed<PaidThrough>))]
[JsonSerializable(typeof(Signed<Receipt>))]
[JsonSerializable(typeof(SlashShares))]
[JsonSerializable(typeof(UnitPrices))]
public sealed partial class GrainMessageJson : JsonSerializerContext;
