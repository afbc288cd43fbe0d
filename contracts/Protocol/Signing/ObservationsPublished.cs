using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>An operator stands by its book of observations of an era. Signed by the operator's key.</summary>
/// <param name="ContentHash">Keccak-256 of the book's bytes.</param>
public sealed record ObservationsPublished(ulong Era, Address Operator, Hash256 ContentHash) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("ObservationsPublished(uint64 era,address operator,bytes32 contentHash)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Era).Add(Operator).Add(ContentHash).ToHash256();

    public bool IsWellFormed() => !Operator.IsZero;
}
