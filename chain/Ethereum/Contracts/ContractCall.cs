using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Queue;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>A call that changes the chain, for a <see cref="TransactionQueue"/>.</summary>
public sealed record ContractCall(Address To, ReadOnlyMemory<byte> Data)
{
    /// <param name="id">The caller's operation id: asked again, it is the same transaction.</param>
    /// <param name="gasLimit">0: estimated when it is sent.</param>
    public TransactionRequest WithId(Hash256 id, ulong gasLimit = 0) => new(id, To, Data, GasLimit: gasLimit);
}
