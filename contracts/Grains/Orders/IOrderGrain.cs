using System.Collections.Immutable;
using Grid.Leases;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Orders;

/// <summary>One group of services to be placed together: walks the ranked bids until one lease is open. Key: the order's id.</summary>
[Alias("Grid.Orders.IOrderGrain")]
public interface IOrderGrain : ISweptGrain
{
    /// <summary>Takes the order and moves it as far as it goes without waiting for a node. Idempotent: call it again to move it
    /// on.</summary>
    [Alias("Place")]
    Task<OrderView> Place(OrderRequest request);

    /// <summary>Ends the order and its lease. The first reason stays. Idempotent: call it until the phase is closed.</summary>
    [Alias("Close")]
    Task<OrderView> Close(OrderRequest request, CloseReason reason);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<OrderView> GetView();

    /// <summary>The encoded match record, written once; null before the match.</summary>
    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetMatchRecord")]
    Task<MatchRecordBytes?> GetMatchRecord();
}

/// <param name="Requirement">What was asked, in the bytes of which the record has the hash; empty in matches of before it was kept.</param>
[GenerateSerializer, Alias("Grid.Orders.MatchRecordBytes")]
public sealed record MatchRecordBytes(ImmutableArray<byte> Bytes, ImmutableArray<byte> Requirement);

/// <param name="Manifest">The canonical model's exact text, secrets replaced by their hashes.</param>
/// <param name="Ports">What the services expose.</param>
/// <param name="SubmittedAt">Where nobody fits, who was submitted first is served first.</param>
[GenerateSerializer, Alias("Grid.Orders.OrderRequest")]
public sealed record OrderRequest(
    OrderId Order,
    DeploymentId Deployment,
    Signed<Authorization> Authorization,
    string Manifest,
    string Placement,
    int Ordinal,
    MatchRequirement Requirement,
    ImmutableArray<BoundPort> Ports,
    long DurationSeconds,
    long RunAheadSeconds,
    PartitionRule OnPartition,
    bool IsBatch,
    ImmutableArray<SealedSecret> Secrets,
    ImmutableArray<NamedInput> Inputs,
    PublishedSealingKey? TenantKey,
    DateTimeOffset SubmittedAt = default);

public enum OrderPhase
{
    None = 0,

    /// <summary>Waiting for a match, or for a node's answer.</summary>
    Open = 1,
    Leased = 2,
    Closed = 3,

    /// <summary>Nobody fits, or nobody accepted.</summary>
    Unmatched = 4,
}

/// <param name="Candidates">How many providers passed every hard filter.</param>
/// <param name="Refusals">Why the ranked providers before the chosen one were passed over.</param>
[GenerateSerializer, Alias("Grid.Orders.OrderView")]
public sealed record OrderView(
    OrderId Order,
    OrderPhase Phase,
    int Candidates,
    ProviderId? Chosen,
    LeaseView? Lease,
    ImmutableArray<string> Refusals,
    string? Reason,
    DateTimeOffset? PlacedAt,
    DateTimeOffset? MatchedAt,
    DateTimeOffset? LeasedAt,
    CloseReason CloseReason = CloseReason.None);
