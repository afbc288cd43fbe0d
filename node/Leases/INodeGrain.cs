using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Node.Leases;

/// <summary>The node's one ledger over all its operators. Everything that changes it is one turn after another, and durable before it is answered.</summary>
[Alias("Grid.Node.Leases.INodeGrain")]
public interface INodeGrain : IGrainWithStringKey
{
    const string Key = "node";

    /// <summary>Raises the offer's version where its terms are new.</summary>
    /// <returns>The version to sign.</returns>
    [Alias("Offer")]
    Task<ulong> Offer(Hash256 termsHash);

    /// <summary>Whether the node takes a lease. The same lease gets the same answer.</summary>
    [Alias("Propose")]
    Task<ProposalAnswer> Propose(Address @operator, Proposal proposal);

    /// <summary>An operator's word about one of its leases. Signatures are checked here.</summary>
    [Alias("Take")]
    Task Take(Address @operator, ControlMessage message);

    /// <summary>What a workload has become.</summary>
    [Alias("Observe")]
    Task Observe(LeaseId lease, Observation seen);

    /// <summary>The workload runs, or could not be started.</summary>
    [Alias("Started")]
    Task Started(LeaseId lease, StartFailure? failure);

    /// <summary>A link to the operator stands.</summary>
    /// <returns>What this node holds of it.</returns>
    [Alias("Connected")]
    Task<IReadOnlyList<BoundLease>> Connected(Address @operator);

    /// <param name="saysWhatItHeard">Whether it says of which leases it hears; else all its words count for all of them.</param>
    [Alias("Welcomed")]
    Task Welcomed(Address @operator, int tickMs, bool saysWhatItHeard);

    // Pure reads of what is stored.
    [AlwaysInterleave]
    [Alias("GetLedger")]
    Task<NodeLedger> GetLedger();
}
