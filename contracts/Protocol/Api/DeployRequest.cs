using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary>
/// <c>POST /v1/deployments</c> (new: the authorization names deployment 0) and <c>PUT /v1/deployments/{id}</c> (update). Idempotent by the authorization's digest.
/// </summary>
/// <param name="Manifest">The text that <see cref="Manifests.SealedManifest"/> writes: the authorization's manifest hash is recomputed from it.</param>
/// <param name="Secrets">Sealed to the operator with <see cref="SealingContext.TenantSecret"/>.</param>
/// <param name="Inputs">Uploaded before, by <c>PUT /v1/inputs/{sealed hash}</c>.</param>
/// <param name="TenantKey">Artifacts are sealed to it; signed by the authorization's signer.</param>
public sealed record DeployRequest(
    string Manifest,
    Signed<Authorization> Authorization,
    IReadOnlyList<SealedSecret> Secrets,
    IReadOnlyList<SealedInput> Inputs,
    PublishedSealingKey? TenantKey = null);

/// <param name="Input">Hash and length of the plaintext.</param>
/// <param name="SealedSha256">Of the sealed stream: where it was uploaded to.</param>
public sealed record SealedInput(NamedInput Input, Hash256 SealedSha256, long SealedBytes);

public sealed record DeployResponse(DeploymentId Deployment, IReadOnlyList<OrderRef> Orders);

public sealed record OrderRef(OrderId Order, string Placement, uint Ordinal);
