using Grid.Matching;
using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Orders;

/// <summary>
/// The orders that nobody fits now, oldest first, and who is next where room appears. Key: a region's name, or <c>*</c> for orders that
/// name
/// none or several. In memory: an order that stands says so again every few ticks.
/// </summary>
[Alias("Grid.Orders.IStandingGrain")]
public interface IStandingGrain : IGrainWithStringKey
{
    /// <summary>The order waits, or still waits.</summary>
    [Alias("Wait")]
    Task Wait(StandingOrder order);

    /// <summary>It waits no longer.</summary>
    [OneWay]
    [Alias("Leave")]
    Task Leave(OrderId order);

    /// <summary>There is more room at a provider than there was, or it asks less.</summary>
    [OneWay]
    [Alias("CapacityAt")]
    Task CapacityAt(ProviderId provider);
}

/// <param name="Since">When its deployment was submitted.</param>
[GenerateSerializer, Alias("Grid.Orders.StandingOrder")]
public sealed record StandingOrder(OrderId Order, DateTimeOffset Since, MatchRequirement Requirement);
