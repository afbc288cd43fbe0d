using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Node.Leases;

/// <summary>A lease in the node's own ledger: what its token binds, and how far it has come.</summary>
public sealed record NodeLease
{
    public required LeaseId Lease { get; init; }

    /// <summary>Who proposed it: only that operator may open, extend or close it.</summary>
    public required Address Operator { get; init; }

    /// <summary>The tenant, to whom outputs are sealed.</summary>
    public required Address Payer { get; init; }

    /// <summary>What its operator was allowed to spend; a row of a node that did not keep it has none.</summary>
    public Signed<Authorization>? Authorization { get; init; }

    public required OperationId Operation { get; init; }

    public required Signed<Acceptance> Acceptance { get; init; }

    public required Bindings Bindings { get; init; }

    /// <summary>As the tenant signed it.</summary>
    public required Hash256 ManifestHash { get; init; }

    /// <summary>What to run; no secret is in it.</summary>
    public required string Manifest { get; init; }

    public required string Placement { get; init; }

    public required int Ordinal { get; init; }

    public required IReadOnlyList<NamedInput> Inputs { get; init; }

    /// <summary>Whether the services read secrets: those live in memory alone, so that a start is not repeated by another process.</summary>
    public required bool HasSecrets { get; init; }

    /// <summary>Outputs are sealed to it; without one they are hashed, and go with the lease.</summary>
    public PublishedSealingKey? TenantKey { get; init; }

    /// <summary>Whether the workload must stop when its operator does not hear of it: there is at most one copy.</summary>
    public required bool StopsOnPartition { get; init; }

    /// <summary>When its operator has heard of it last, where it must stop otherwise.</summary>
    public BootMoment? Heard { get; init; }

    /// <summary>Its operator's, of which silence is counted; on the disk, since a node may come back before its operator does.</summary>
    public int TickMs { get; init => field = value > 0 ? value : Limits.DefaultTickMs; } = Limits.DefaultTickMs;

    /// <summary>Copies of services that it consists of.</summary>
    public int Copies { get; init => field = Math.Max(1, value); } = 1;

    /// <summary>One per service, in the manifest's order; zero where the manifest pins no digest.</summary>
    public IReadOnlyList<Hash256> Images { get; init => field = value ?? []; } = [];

    public NodeLeasePhase Phase { get; init; }

    /// <summary>How its workloads have ended, each as soon as it is known: an operator that was away must still hear it.</summary>
    public IReadOnlyList<Observation> Ends { get; init => field = value ?? []; } = [];

    public Signed<Opening>? Opening { get; init; }

    public Signed<PaidThrough>? PaidThrough { get; init; }

    /// <summary>Whole seconds proved so far: counted on the clock of <see cref="BootId"/>, stored every tick.</summary>
    public long Seconds { get; init; }

    /// <summary>The boot in which <see cref="StartedBootMs"/> was read; after another boot no second more is proved.</summary>
    public string BootId { get; init; } = "";

    /// <summary>The boot-time clock when the workload started.</summary>
    public long? StartedBootMs { get; init; }

    public Signed<Receipt>? LastReceipt { get; init; }

    /// <summary>The preimage of its content hash: what is sent again must still hash to it, whatever was made since.</summary>
    public Provenance? LastProvenance { get; init; }

    /// <summary>The operator's countersignature of <see cref="LastReceipt"/>: until it is there, the same receipt is sent again.</summary>
    public Signature? Countersignature { get; init; }

    /// <summary>Of the newest receipt that the operator has countersigned.</summary>
    public long BilledSeconds { get; init; }

    public Signed<Close>? Close { get; init; }

    /// <summary>Why it stops or has stopped; none while it runs.</summary>
    public CloseReason EndReason { get; init; }

    /// <summary>What it can be claimed by without its operator; null while there is nothing to claim.</summary>
    [JsonIgnore]
    public LeaseEvidence? Evidence => this is
    {
        Authorization: { } authorization, Opening: { } opening, PaidThrough: { } paid,
        LastReceipt: { } receipt
    }
        ? new LeaseEvidence(authorization, opening, paid, receipt)
        : null;

    public long PaidThroughSeconds => PaidThrough?.Value.Seconds ?? 0;

    public TimeSpan LostAfter => TimeSpan.FromMilliseconds((double)TickMs * Limits.LostTicks);

    public FencingToken Token => Acceptance.Value.Token;

    /// <summary>Nothing past these seconds is counted.</summary>
    public long MostSeconds => Close is null ? PaidThroughSeconds : Math.Min(PaidThroughSeconds, Close.Value.Seconds);
}
