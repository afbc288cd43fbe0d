using System.Text.Json.Serialization;

namespace Grid.Protocol.Link.Messages;

/// <summary>
/// What the two ends of a node link say on its control stream. A message of a type that this program does not know arrives as a plain
/// <see cref="ControlMessage"/> and is ignored, so that either side may be upgraded first. Later fields are optional and come last.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(OfferChanged), "offerChanged")]
[JsonDerivedType(typeof(Heartbeat), "heartbeat")]
[JsonDerivedType(typeof(ProposalAnswer), "proposalAnswer")]
[JsonDerivedType(typeof(WorkloadChanged), "workloadChanged")]
[JsonDerivedType(typeof(ReceiptProposed), "receiptProposed")]
[JsonDerivedType(typeof(LeaseEnded), "leaseEnded")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(Proposal), "proposal")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(ExtendPaidThrough), "extendPaidThrough")]
[JsonDerivedType(typeof(CloseLease), "closeLease")]
[JsonDerivedType(typeof(ReceiptCountersigned), "receiptCountersigned")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(HeartbeatSeen), "heartbeatSeen")]
[JsonDerivedType(typeof(LeaseHeard), "leaseHeard")]
[JsonDerivedType(typeof(SettlementShown), "settlementShown")]
[JsonDerivedType(typeof(SeenReceipt), "seenReceipt")]
[JsonDerivedType(typeof(ChallengeSet), "challengeSet")]
[JsonDerivedType(typeof(ChallengeAnswered), "challengeAnswered")]
public record ControlMessage;
