using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Deployments;

/// <summary>A tenant's manifest and its life. Key: the deployment's id, the hash of its first authorization.</summary>
[Alias("Grid.Deployments.IDeploymentGrain")]
public interface IDeploymentGrain : ISweptGrain
{
    /// <summary>Takes a deployment. Idempotent by the authorization; durable when it returns.</summary>
    [Alias("Submit")]
    Task<SubmitResult> Submit(DeploymentSubmission submission);

    /// <summary>Closes all orders. Only the payer may; idempotent.</summary>
    [Alias("Close")]
    Task<DeploymentView?> Close(Address caller);

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<DeploymentView?> GetView();
}

/// <param name="Manifest">The canonical model's exact text, secrets replaced by the hashes of their sealed bytes: its SHA-256 is the authorization's manifest hash.</param>
[GenerateSerializer, Alias("Grid.Deployments.DeploymentSubmission")]
public sealed record DeploymentSubmission(
    Signed<Authorization> Authorization,
    string Manifest,
    ImmutableArray<SealedSecret> Secrets,
    ImmutableArray<NamedInput> Inputs,
    PublishedSealingKey? TenantKey);

/// <param name="Field">The part of the submission that was refused.</param>
[GenerateSerializer, Alias("Grid.Deployments.SubmitResult")]
public sealed record SubmitResult(bool IsAccepted, ImmutableArray<OrderId> Orders, string? Field, string? Refusal);

public enum DeploymentPhase
{
    Open = 1,
    Closing = 2,
    Closed = 3,
}

[GenerateSerializer, Alias("Grid.Deployments.DeploymentView")]
public sealed record DeploymentView(
    DeploymentId Deployment,
    Address Payer,
    DeploymentPhase Phase,
    CloseReason Reason,
    DateTimeOffset SubmittedAt,
    string Manifest,
    ImmutableArray<PlacedOrder> Orders,
    Signed<Authorization>? Authorization = null);

[GenerateSerializer, Alias("Grid.Deployments.PlacedOrder")]
public sealed record PlacedOrder(string Placement, int Ordinal, int Generation, OrderView Order);
