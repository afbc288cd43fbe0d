using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Link.Messages;

/// <summary>Where a lease stands in its node's ledger.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NodeLeasePhase>))]
public enum NodeLeasePhase
{
    /// <summary>Token issued, not opened yet.</summary>
    Accepted,

    /// <summary>Opened; workloads are being fetched or started.</summary>
    Starting,

    Running,

    /// <summary>Nothing of it runs any more.</summary>
    Ended,
}

[JsonConverter(typeof(CamelCaseEnumConverter<WorkloadPhase>))]
public enum WorkloadPhase
{
    Starting,
    Running,

    /// <summary>It ended by itself; the exit code says how.</summary>
    Exited,

    /// <summary>It never ran, or the node had to stop it.</summary>
    Failed,
}
