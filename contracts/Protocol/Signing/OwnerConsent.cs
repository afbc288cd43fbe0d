using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An owner says that a machine is his. Signed by the owner's key; not needed where the provider owns itself.</summary>
public sealed record OwnerConsent(Address Owner, ProviderId Provider, long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("OwnerConsent(address owner,address provider,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Owner).Add(Provider.Value).Add(ExpiryUnixSeconds).ToHash256();

    public bool IsWellFormed() => ExpiryUnixSeconds >= 0;
}
