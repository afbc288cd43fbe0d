using Grid.Protocol;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Providers;

/// <summary>
/// The way down to a node: an observer made in the silo that holds the node's socket. Nothing here waits for the network, and every call may be lost:
/// the node's next report finds the same.
/// </summary>
[Alias("Grid.Providers.INodeLink")]
public interface INodeLink : IGrainObserver
{
    [OneWay]
    [Alias("Propose")]
    Task Propose(LeaseProposal proposal);

    /// <summary>The lease has something new for its node: a directive to fetch.</summary>
    [OneWay]
    [Alias("LeaseChanged")]
    Task LeaseChanged(LeaseId lease);

    /// <summary>No lease stands behind this binding.</summary>
    [OneWay]
    [Alias("Release")]
    Task Release(LeaseId lease);

    /// <summary>A younger session of the same node has taken over.</summary>
    [OneWay]
    [Alias("Superseded")]
    Task Superseded(long epoch);
}
