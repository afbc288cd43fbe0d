using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>The operator vouches for this many whole seconds of the lease, counted by the node. Only ever grows. Signed by the operator's key.</summary>
public sealed record PaidThrough(LeaseId Lease, long Seconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("PaidThrough(bytes32 lease,uint64 seconds)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Lease.Value).Add(Seconds).ToHash256();

    public bool IsWellFormed() => Seconds >= 0;
}
