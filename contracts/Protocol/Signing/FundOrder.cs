using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>Credits an account of a grid without a chain (<c>grid wallet fund</c>). Signed by the operator's key.</summary>
/// <param name="Id">Chosen by the caller; a second order with it has no second effect.</param>
public sealed record FundOrder(Address Operator, Address Payer, Money Amount, Hash256 Id) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("FundOrder(address operator,address payer,uint64 amount,bytes32 id)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash).Add(Operator).Add(Payer).Add(Amount.MicroUnits).Add(Id).ToHash256();

    public bool IsWellFormed() => !Amount.IsNegative;
}
