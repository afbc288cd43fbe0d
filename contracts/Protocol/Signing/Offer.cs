using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>A provider's standing offer: bids derive from its terms. Signed by the node's key.</summary>
/// <param name="Owner">The staking address that groups machines; the provider's own by default.</param>
/// <param name="TermsHash">SHA-256 of the exact bytes of the terms (hardware, prices, attributes).</param>
/// <param name="Version">Raised by every change; older versions are refused.</param>
public sealed record Offer(ProviderId Provider, Address Owner, Hash256 TermsHash, ulong Version, long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Offer(address provider,address owner,bytes32 termsHash,uint64 version,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add(Provider.Value).Add(Owner).Add(TermsHash).Add(Version).Add(ExpiryUnixSeconds)
        .ToHash256();

    public bool IsWellFormed() => ExpiryUnixSeconds >= 0;
}
