using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol.Json;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/leases/{id}</c>.</summary>
/// <param name="Seconds">Whole seconds that are billed.</param>
/// <param name="Charged">For all of them.</param>
/// <param name="Workloads">As the node reported them last.</param>
/// <param name="Ports">Where exposed ports answer.</param>
public sealed record LeaseStatus(
    LeaseId Lease,
    OrderId Order,
    ProviderId Provider,
    LeasePhase Phase,
    RatePerHour RatePerHour,
    uint FeePpm,
    long Seconds,
    Money Charged,
    long PaidThroughSeconds,
    CloseReason? CloseReason,
    IReadOnlyList<WorkloadStatus> Workloads,
    IReadOnlyList<ExposedPort> Ports,
    long? OpenedAtUnixMs,
    long? ClosedAtUnixMs);

/// <param name="Path">Where it answers: a URL, <c>http://…</c> for HTTP and <c>tcp://host:port</c> else, relative to the API's own where it is no absolute one.</param>
/// <param name="Host">Where the operator relays the port: any TCP client may connect.</param>
public sealed record ExposedPort(string Service, ushort Port, string Path, string? Host = null, int? ExternalPort = null);

[JsonConverter(typeof(CamelCaseEnumConverter<LeasePhase>))]
public enum LeasePhase
{
    Held,
    Active,

    /// <summary>The node is silent: nothing is decided until it is heard of or its paidThrough is over.</summary>
    Unknown,

    /// <summary>Ending: its node has still to stop, or to send its last receipt.</summary>
    Closing,
    Closed,
}

/// <summary><c>GET /v1/leases/{id}/receipts</c>: the bill, provable to anybody.</summary>
public sealed record LeaseReceipts(LeaseId Lease, Signed<Opening> Opening, IReadOnlyList<ReceiptEntry> Receipts, Signed<Close>? Close = null);

/// <param name="Receipt">Signed by the node.</param>
/// <param name="Operator">The operator's signature over the same digest.</param>
/// <param name="Tenant">The tenant's, where he was connected.</param>
public sealed record ReceiptEntry(Signed<Receipt> Receipt, Provenance Provenance, Signature Operator, Signature? Tenant = null);

/// <summary><c>GET /v1/leases/{id}/artifacts</c>; each is fetched as a sealed stream.</summary>
public sealed record ArtifactList(LeaseId Lease, IReadOnlyList<ArtifactEntry> Artifacts);

/// <param name="Sha256">Of the plaintext.</param>
/// <param name="Bytes">Length of the plaintext.</param>
public sealed record ArtifactEntry(string Service, uint Ordinal, string Name, Hash256 Sha256, long Bytes);

/// <summary>One server-sent event of <c>GET /v1/leases/{id}/logs?service=&amp;ordinal=&amp;from=&amp;follow=</c>.</summary>
/// <param name="Offset">Where the chunk begins, in the node's own count.</param>
/// <param name="Data">Whole lines of output, base64 in JSON, since a workload may print anything.</param>
/// <param name="NextOffset">Where to read on: <c>from</c> of the next request.</param>
/// <param name="MissedBytes">What was dropped before the chunk, since logs are bounded.</param>
public sealed record LogChunk(string Service, uint Ordinal, long Offset, byte[] Data, long NextOffset, long MissedBytes = 0);
