using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>Usage so far: the node signs, the operator countersigns, the tenant too where he is connected.</summary>
/// <param name="Seconds">Whole seconds since the lease's start.</param>
/// <param name="Charged">Charge for all of them: <see cref="RatePerHour.ChargeRoundedDown"/>.</param>
/// <param name="ContentHash">SHA-256 of the receipt's <see cref="Provenance"/>.</param>
/// <param name="Previous">Digest of the receipt before; zero for the first.</param>
public sealed record Receipt(LeaseId Lease, long Seconds, Money Charged, Hash256 ContentHash, Hash256 Previous) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Receipt(bytes32 lease,uint64 seconds,uint64 charged,bytes32 contentHash,bytes32 previous)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add(Lease.Value).Add(Seconds).Add(Charged.MicroUnits).Add(ContentHash).Add(Previous)
        .ToHash256();

    public bool IsWellFormed() => Seconds >= 0 && !Charged.IsNegative;
}
