using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Sealing;

namespace Grid.Node.Leases;

/// <summary>Who this node is.</summary>
/// <param name="Sealing">Made anew at each start and published on each link, so that no stored ciphertext outlives it.</param>
public sealed record NodeIdentity(PrivateKey Key, Eip712Domain Domain, SealingKeyPair Sealing)
{
    public ProviderId Provider => new(Key.Address);

    public override string ToString() => $"node {Provider}";
}
