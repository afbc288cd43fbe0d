using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rlp;

namespace Grid.Chain.Ethereum.Transactions;

/// <summary>A type-2 transaction with its signature: what is broadcast.</summary>
public sealed class SignedTransaction
{
    private const byte FirstLegacyByte = 0xc0;

    private SignedTransaction(Eip1559Transaction transaction, Address sender, ReadOnlyMemory<byte> raw)
    {
        Transaction = transaction;
        Sender = sender;
        Raw = raw;
        Hash = Keccak256.Hash(raw.Span);
    }

    public Eip1559Transaction Transaction { get; }

    public Address Sender { get; }

    /// <summary>0x02 ‖ rlp(fields, parity, r, s): the argument of <c>eth_sendRawTransaction</c>.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public Hash256 Hash { get; }

    public static SignedTransaction Sign(Eip1559Transaction transaction, PrivateKey key) => Of(transaction, key.Sign(transaction.SigningHash));

    /// <exception cref="RlpException">The signature is none (see <see cref="Secp256k1.TryRecover"/>).</exception>
    public static SignedTransaction Of(Eip1559Transaction transaction, Signature signature)
    {
        if (!Secp256k1.TryRecover(transaction.SigningHash, signature, out var sender))
            throw new RlpException("The signature is no signature of this transaction.");
        byte[] raw =
        [
            Eip1559Transaction.TypeByte,
            .. RlpItem.List([.. transaction.Fields, RlpItem.Of((UInt128)(signature.V - 27)), RlpItem.NumberOf(signature.R), RlpItem.NumberOf(signature.S)]).Encode(),
        ];
        return new SignedTransaction(transaction, sender, raw);
    }

    /// <exception cref="RlpException">Another type of EIP-2718, not strict RLP, a value out of range, or no valid signature.</exception>
    public static SignedTransaction Decode(ReadOnlyMemory<byte> raw)
    {
        if (raw.IsEmpty || raw.Length > Limits.MaxTransactionBytes)
            throw new RlpException($"A transaction has 1 to {Limits.MaxTransactionBytes} bytes, not {raw.Length}.");
        var type = raw.Span[0];
        if (type >= FirstLegacyByte) throw new RlpException("A legacy transaction (no type byte); only type 2 (EIP-1559) is supported.");
        if (type != Eip1559Transaction.TypeByte) throw new RlpException($"Transaction type {type} (EIP-2718); only type 2 (EIP-1559) is supported.");
        var fields = new RlpFields("the transaction", RlpReader.Read(raw[1..]), Eip1559Transaction.FieldCount + 3);
        var transaction = Eip1559Transaction.Read(fields);
        var parity = fields.Number("yParity", maxBytes: 1);
        if (parity > 1) throw new RlpException($"yParity is {parity}; expected 0 or 1.");
        return Of(transaction, new Signature(fields.WordOfNumber("r"), fields.WordOfNumber("s"), (byte)(27 + (byte)parity)));
    }

    public override string ToString() => $"transaction {Hash}, nonce {Transaction.Nonce} of {Sender}";
}
