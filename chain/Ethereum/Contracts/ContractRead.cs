using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>A question to a contract: <c>await chain.ReadAsync(escrow.FinalRootOf(operator), BlockTag.Finalized, token)</c>.</summary>
public sealed class ContractRead<T>
{
    private readonly AbiFunction _function;
    private readonly Func<AbiValue[], T> _decode;

    internal ContractRead(Address to, AbiFunction function, byte[] data, Func<AbiValue[], T> decode)
    {
        (To, _function, Data, _decode) = (to, function, data, decode);
    }

    public Address To { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <exception cref="ContractException">It reverted, or what answered is not this contract.</exception>
    public T Decode(CallResult result)
    {
        if (result.Revert is { } revert)
            throw new ContractException($"{_function.Signature} at {To} reverted: {ContractErrors.Describe(revert)}.");
        try
        {
            return _decode(_function.DecodeOutput(result.Data));
        }
        catch (AbiException e)
        {
            throw new ContractException(
                $"{_function.Signature} at {To} answered {result.Data.Length} bytes that it can't mean: {e.Message} "
                + "Is that the grid's contract? Compare chain.json with the endpoint.",
                e);
        }
    }
}

public static class ContractReads
{
    /// <exception cref="ContractException">It reverted, or what answered is not this contract.</exception>
    /// <exception cref="ChainException">The chain was not to be had.</exception>
    public static async Task<T> ReadAsync<T>(this IChain chain, ContractRead<T> read, BlockTag at, CancellationToken cancellationToken) =>
        read.Decode(await chain.CallAsync(new ChainCall(Address.Zero, read.To, read.Data), at, cancellationToken));
}
