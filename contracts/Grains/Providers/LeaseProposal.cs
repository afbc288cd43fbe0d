using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Providers;

/// <summary>What a node is asked to accept. Secrets are ciphertext, sealed to the operator; the link seals them again for the node, in memory.</summary>
/// <param name="Manifest">The canonical model's exact text, secrets replaced by their hashes.</param>
/// <param name="Ordinal">The replica where the placement is spread, else 0.</param>
/// <param name="Wanted">What the provider's ledger holds for the lease.</param>
/// <param name="ExpiresAt">An acceptance after this is void.</param>
/// <param name="TenantKey">Outputs are sealed to it.</param>
[GenerateSerializer, Alias("Grid.Providers.LeaseProposal")]
public sealed record LeaseProposal(
    LeaseId Lease,
    OrderId Order,
    DeploymentId Deployment,
    Signed<Authorization> Authorization,
    string Manifest,
    string Placement,
    int Ordinal,
    Bindings Wanted,
    RatePerHour Rate,
    int FeePpm,
    long RunAheadSeconds,
    DateTimeOffset ExpiresAt,
    ImmutableArray<SealedSecret> Secrets,
    ImmutableArray<NamedInput> Inputs,
    PublishedSealingKey? TenantKey);

[GenerateSerializer, Alias("Grid.Providers.ServiceCount")]
public sealed record ServiceCount(string Service, int Count);
