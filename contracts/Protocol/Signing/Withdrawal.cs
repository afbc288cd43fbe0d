using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>The operator lets a payer take money out of the Escrow at once. Signed by the operator's key.</summary>
/// <param name="Withdrawn">The payer's cumulative figure afterwards, so that it works once.</param>
/// <param name="ExpiryUnixSeconds">Not accepted from then on.</param>
public sealed record Withdrawal(Address Operator, Address Payer, Money Withdrawn, long ExpiryUnixSeconds) : ISignedType
{
    private static readonly Hash256 TypeHash = Eip712.TypeHash("Withdrawal(address operator,address payer,uint64 withdrawn,uint64 expiry)");

    public Hash256 StructHash() => Eip712StructHash.Begin(TypeHash)
        .Add(Operator).Add(Payer).Add(Withdrawn.MicroUnits).Add(ExpiryUnixSeconds)
        .ToHash256();

    public bool IsWellFormed() => !Withdrawn.IsNegative && ExpiryUnixSeconds >= 0;
}
