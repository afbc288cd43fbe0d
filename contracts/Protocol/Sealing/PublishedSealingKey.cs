using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Sealing;

/// <summary>A sealing key together with its identity's signature over it.</summary>
public sealed record PublishedSealingKey(SealingPublicKey PublicKey, Signed<SealingKey> Binding)
{
    public static PublishedSealingKey Publish(SealingPublicKey publicKey, PrivateKey identity, long expiryUnixSeconds, Eip712Domain domain) =>
        new(publicKey, new SealingKey(identity.Address, publicKey.Hash, expiryUnixSeconds).Sign(identity, domain));

    /// <returns>Whether this identity says now that the key is its own. Seal to nothing else.</returns>
    public bool IsValidFor(Address identity, Eip712Domain domain, DateTimeOffset now) =>
        Binding.Value.Identity == identity
        && Binding.Value.KeyHash == PublicKey.Hash
        && Binding.Value.ExpiryUnixSeconds > now.ToUnixTimeSeconds()
        && Binding.IsSignedBy(identity, domain);
}
