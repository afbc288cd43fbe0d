using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An identity publishes the key that others seal to. Signed by the identity's key.</summary>
/// <param name="KeyHash">SHA-256 of the P-256 public key, 65 bytes uncompressed.</param>
public sealed record SealingKey(Address Identity, Hash256 KeyHash, long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("SealingKey(address identity,bytes32 keyHash,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Identity).Add(KeyHash).Add(ExpiryUnixSeconds).ToHash256();

    public bool IsWellFormed() => ExpiryUnixSeconds >= 0;
}
