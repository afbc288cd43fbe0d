using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;

namespace Grid.Orders;

/// <summary>The ranked bid that an order is pursuing. Lost with its activation: the lease's id and the provider's hold make doing it again harmless.</summary>
internal sealed class Attempt(int number, LeaseId lease, RankedBid bid, long startedAt)
{
    public int Number { get; } = number;

    public LeaseId Lease { get; } = lease;

    public RankedBid Bid { get; } = bid;

    /// <summary>A timestamp of the time provider.</summary>
    public long StartedAt { get; } = startedAt;

    public LeaseTerms? Terms { get; set; }

    public bool IsProposed { get; set; }
}
