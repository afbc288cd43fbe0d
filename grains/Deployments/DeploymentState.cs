using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Deployments;

/// <summary>All that is durable of a deployment: enough to place its orders again from nothing.</summary>
public sealed record DeploymentState
{
    public DeploymentPhase Phase { get; init => field = value == 0 ? DeploymentPhase.Open : value; } = DeploymentPhase.Open;

    public Signed<Authorization>? Authorization { get; init; }

    /// <summary>The canonical model's text, secrets replaced by the hashes of their sealed bytes.</summary>
    public string Manifest { get; init => field = value ?? ""; } = "";

    /// <summary>Ciphertext only.</summary>
    public ImmutableArray<SealedSecret> Secrets { get; init => field = value.OrEmpty(); } = [];

    public ImmutableArray<NamedInput> Inputs { get; init => field = value.OrEmpty(); } = [];

    public PublishedSealingKey? TenantKey { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public ImmutableArray<OrderSlot> Slots { get; init => field = value.OrEmpty(); } = [];

    public CloseReason Reason { get; init; }

    public int ShardPage { get; init; }
}

/// <summary>One order of a deployment, in its current generation.</summary>
/// <param name="Failed">Providers that failed an earlier generation.</param>
/// <param name="Former">Orders of earlier generations whose leases have still to end.</param>
/// <param name="IsDone">The order has ended for good.</param>
/// <param name="PlacedAt">When the current generation began.</param>
public sealed record OrderSlot(
    string Placement,
    int Ordinal,
    int Generation,
    ImmutableArray<ProviderId> Failed,
    ImmutableArray<int> Former,
    bool IsDone,
    DateTimeOffset PlacedAt);
