using Grid.Protocol;

namespace Grid.Node.Leases;

/// <summary>Where leases run. Every call begins something and returns; the ledger hears what came of it.</summary>
public interface IWorkloads
{
    /// <summary>Fetches the inputs and starts all services; then <see cref="INodeGrain.Started"/>.</summary>
    void Start(NodeLease lease);

    /// <summary>Moves the time at which the workload stops by itself, whatever becomes of this process.</summary>
    void Extend(LeaseId lease, long stopAtBootMs);

    void Stop(LeaseId lease);

    /// <summary>The lease is settled: only its logs and sealed outputs stay for a while.</summary>
    void Retire(LeaseId lease);
}
