using Grid.Protocol;
using Grid.Protocol.Matching;
using Orleans;

namespace Grid.Matching;

/// <summary>Asks a provider for its live price and whether it still fits.</summary>
/// <param name="GpuModel">The listing that was ranked.</param>
/// <param name="MedianStake">As the index had it, so that the provider's score is the index's function of newer numbers.</param>
/// <param name="ListedRate">What the listing asks; a bid never exceeds it.</param>
[GenerateSerializer, Alias("Grid.Matching.QuoteRequest")]
public sealed record QuoteRequest(OrderId Order, string GpuModel, MatchRequirement Requirement, Money MedianStake, RatePerHour ListedRate);

/// <summary>A provider's answer to a <see cref="QuoteRequest"/>.</summary>
/// <param name="RefusedBy">The first filter that its live offer fails; null when it bids.</param>
/// <param name="Factors">Of its live offer.</param>
/// <param name="AvailableUntilUnixMs">The bid may be taken up to here.</param>
[GenerateSerializer, Alias("Grid.Matching.Bid")]
public sealed record Bid(ProviderId Provider, string GpuModel, HardFilter? RefusedBy, RatePerHour Rate, Factors Factors, int Score, long AvailableUntilUnixMs);
