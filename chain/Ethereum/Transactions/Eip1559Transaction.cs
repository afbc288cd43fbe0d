using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rlp;

namespace Grid.Chain.Ethereum.Transactions;

/// <summary>
/// A transaction of type 2 (EIP-1559) before it is signed. Amounts are wei and fit 128 bits: more than all ether there is.
/// </summary>
/// <param name="To">Null creates a contract.</param>
/// <param name="Data">Calldata, or the code that creates a contract.</param>
public sealed record Eip1559Transaction(
    ulong ChainId,
    ulong Nonce,
    Fees Fees,
    ulong GasLimit,
    Address? To,
    UInt128 ValueWei,
    ReadOnlyMemory<byte> Data,
    ImmutableArray<AccessedAccount> AccessList)
{
    /// <summary>The type of EIP-2718 that stands before the list.</summary>
    public const byte TypeByte = 2;

    internal const int FieldCount = 9;

    public Eip1559Transaction(ulong chainId, ulong nonce, Fees fees, ulong gasLimit, Address? to, UInt128 valueWei, ReadOnlyMemory<byte> data)
        : this(chainId, nonce, fees, gasLimit, to, valueWei, data, [])
    {
    }

    /// <summary>What is signed: keccak256(0x02 ‖ rlp of the nine fields).</summary>
    public Hash256 SigningHash => Keccak256.Hash([TypeByte], RlpItem.List(Fields).Encode());

    /// <summary>By content; a record would compare the memory's place.</summary>
    public bool Equals(Eip1559Transaction? other) => other is not null && SigningHash == other.SigningHash;

    public override int GetHashCode() => SigningHash.GetHashCode();

    internal IReadOnlyList<RlpItem> Fields =>
    [
        RlpItem.Of(ChainId),
        RlpItem.Of(Nonce),
        RlpItem.Of(Fees.MaxPriorityFeePerGasWei),
        RlpItem.Of(Fees.MaxFeePerGasWei),
        RlpItem.Of(GasLimit),
        To is { } to ? RlpItem.Of(to) : RlpItem.Of(ReadOnlyMemory<byte>.Empty),
        RlpItem.Of(ValueWei),
        RlpItem.Of(Data),
        RlpItem.List([.. AccessList.Select(account => account.ToRlp())]),
    ];

    internal static Eip1559Transaction Read(RlpFields fields)
    {
        var chainId = fields.UInt64("chainId");
        var nonce = fields.UInt64("nonce");
        var priority = fields.Number("maxPriorityFeePerGas");
        var max = fields.Number("maxFeePerGas");
        if (priority > max) throw new RlpException($"maxPriorityFeePerGas is {priority}, above maxFeePerGas, {max}.");
        return new Eip1559Transaction(
            chainId,
            nonce,
            new Fees(max, priority),
            fields.UInt64("gasLimit"),
            fields.OptionalAddress("to"),
            fields.Number("value"),
            fields.Bytes("data"),
            AccessedAccount.ReadList(fields.Next()));
    }
}
