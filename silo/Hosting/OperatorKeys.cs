using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;

namespace Grid.Silo.Hosting;

/// <summary>The operator's identity and the key that tenants seal to.</summary>
/// <param name="Published">The sealing key with the identity's signature over it.</param>
internal sealed record OperatorKeys(PrivateKey Identity, SealingKeyPair Sealing, PublishedSealingKey Published, GridIdentity Grid) : IOperatorSigner
{
    public Task<Signature> SignAsync(Hash256 digest) => Task.FromResult(Identity.Sign(digest));

    public override string ToString() => $"keys of {Grid.Operator}";
}
