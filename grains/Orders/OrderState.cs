using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Orders;

/// <summary>What an order came to.</summary>
public sealed record OrderState
{
    public OrderPhase Phase { get; init; }

    public DeploymentId Deployment { get; init; }

    public LeaseId Lease { get; init; }

    public ProviderId Provider { get; init; }

    public ImmutableArray<string> Refusals { get; init => field = value.OrEmpty(); } = [];

    /// <summary>In words, where it came to no lease.</summary>
    public string? Reason { get; init; }

    public CloseReason CloseReason { get; init; }

    public DateTimeOffset? LeasedAt { get; init; }

    /// <summary>Raised by every activation that finds an order which another had been placing.</summary>
    public long Fence { get; init; }
}
