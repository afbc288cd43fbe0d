using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>The node takes a lease: its durable fencing token now binds devices and capacity. Signed by the node's key.</summary>
/// <param name="Authorization">Digest of the tenant's authorization that pays.</param>
/// <param name="BindingsHash"><see cref="Bindings.Hash"/> of what the token binds.</param>
/// <param name="FeePpm">The operator's fee in millionths of the charge, fixed when the lease is made.</param>
public sealed record Acceptance(
    LeaseId Lease,
    Hash256 Authorization,
    ProviderId Provider,
    FencingToken Token,
    Hash256 BindingsHash,
    RatePerHour RatePerHour,
    uint FeePpm,
    long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash(
        "Acceptance(bytes32 lease,bytes32 authorization,address provider,uint64 token,bytes32 bindingsHash,uint64 ratePerHour,uint32 feePpm,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add(Lease.Value).Add(Authorization).Add(Provider.Value).Add(Token.Value).Add(BindingsHash)
        .Add(RatePerHour.MicroUnits).Add((ulong)FeePpm).Add(ExpiryUnixSeconds)
        .ToHash256();

    public bool IsWellFormed() => RatePerHour.MicroUnits >= 0 && ExpiryUnixSeconds >= 0;
}
