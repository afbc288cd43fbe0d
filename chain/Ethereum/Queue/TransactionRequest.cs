using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Queue;

/// <summary>What somebody wants sent, once.</summary>
/// <param name="Id">The caller's operation id: asked again, it is the same transaction.</param>
/// <param name="To">Null creates a contract.</param>
/// <param name="GasLimit">0: estimated before it gets a nonce, and refused where the estimate reverts.</param>
public sealed record TransactionRequest(Hash256 Id, Address? To, ReadOnlyMemory<byte> Data, UInt128 ValueWei = default, ulong GasLimit = 0)
{
    public bool Equals(TransactionRequest? other) =>
        other is not null && Id == other.Id && To == other.To && ValueWei == other.ValueWei && GasLimit == other.GasLimit && Data.Span.SequenceEqual(other.Data.Span);

    public override int GetHashCode() => Id.GetHashCode();
}
