using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An operator proposes what an era came to; the others fetch the record, compute it again, and vote for its root. Signed by the operator's key.</summary>
/// <param name="Record">Keccak-256 of the record's bytes.</param>
public sealed record EraProposal(ulong Era, Address Operator, Hash256 Record) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("EraProposal(uint64 era,address operator,bytes32 record)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Era).Add(Operator).Add(Record).ToHash256();

    public bool IsWellFormed() => !Operator.IsZero;
}
