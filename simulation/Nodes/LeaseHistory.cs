using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>What the world knows of a lease that a node has accepted, whatever anybody says of it.</summary>
internal sealed class LeaseHistory(LeaseId lease, SimulatedNode node, OrderId order, string copyOf, Bindings bindings, bool isAtMostOnce, TimeSpan acceptedAt)
{
    private long _pastRunMs;

    public LeaseId Lease { get; } = lease;

    public GrainId GrainId { get; } = GrainId.Create("lease", lease.ToString());

    public SimulatedNode Node { get; } = node;

    public OrderId Order { get; } = order;

    /// <summary>Deployment, placement and ordinal: leases of the same are copies of one another.</summary>
    public string CopyOf { get; } = copyOf;

    public Bindings Bindings { get; } = bindings;

    public bool IsAtMostOnce { get; } = isAtMostOnce;

    public TimeSpan AcceptedAt { get; } = acceptedAt;

    public Workload? Workload { get; private set; }

    /// <summary>The state in which the store was last seen.</summary>
    public LeaseState? Seen { get; set; }

    public bool IsRunning => Workload?.IsRunningAt(Node.BootMs) == true;

    public long RunMs => _pastRunMs + (Workload?.RunMs(Node.BootMs) ?? 0);

    public void Started(Workload workload) => Workload = workload;

    /// <summary>The machine is down: what ran, ran until now.</summary>
    public void PoweredOff()
    {
        _pastRunMs += Workload?.RunMs(Node.BootMs) ?? 0;
        Workload = null;
    }
}
