using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>Evidence of a fault, signed by operators with a quorum of weight (<c>docs/protocol/slashing.md</c>).</summary>
/// <param name="FromUnixSeconds">First second of the interval.</param>
/// <param name="ToUnixSeconds">First second behind it.</param>
/// <param name="Paid">What the tenant paid for the interval: compensation is never more.</param>
/// <param name="Reporter">Who gets the reporter's share; signed, so that copying the transaction earns nothing.</param>
public sealed record Fault(
    FaultKind Kind,
    ProviderId Provider,
    LeaseId Lease,
    Address Tenant,
    long FromUnixSeconds,
    long ToUnixSeconds,
    Money Paid,
    Address Reporter) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash(
        "Fault(uint8 kind,address provider,bytes32 lease,address tenant,uint64 from,uint64 to,uint64 paid,address reporter)");

    /// <summary>Also the id of its case on the chain.</summary>
    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add((ulong)Kind).Add(Provider.Value).Add(Lease.Value).Add(Tenant)
        .Add(FromUnixSeconds).Add(ToUnixSeconds).Add(Paid.MicroUnits).Add(Reporter)
        .ToHash256();

    public bool IsWellFormed() => FromUnixSeconds >= 0 && ToUnixSeconds > FromUnixSeconds && !Paid.IsNegative;
}
