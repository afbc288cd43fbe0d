using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>The end of a lease: nothing past these seconds is billed. Signed by the operator's key.</summary>
public sealed record Close(LeaseId Lease, long Seconds, CloseReason Reason) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Close(bytes32 lease,uint64 seconds,uint8 reason)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Lease.Value).Add(Seconds).Add((ulong)Reason).ToHash256();

    public bool IsWellFormed() => Seconds >= 0;
}
