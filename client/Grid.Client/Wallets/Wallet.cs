using Grid.Chain.Crypto;
using Grid.Protocol.Sealing;

namespace Grid.Client;

/// <summary>A tenant's identity: the key that signs, and the key that his results are sealed to.</summary>
public sealed class Wallet(PrivateKey key) : IDisposable
{
    private readonly Lazy<SealingKeyPair> _sealingKey = new(() => TenantSealingKey.Derive(key));

    public Address Address => key.Address;

    public PrivateKey Key => key;

    /// <summary>Derived from the wallet's key, so that results can be opened wherever the wallet is.</summary>
    public SealingKeyPair SealingKey => _sealingKey.Value;

    public void Dispose()
    {
        if (_sealingKey.IsValueCreated) _sealingKey.Value.Dispose();
        key.Dispose();
    }

    public override string ToString() => $"wallet {Address}";
}
