using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rlp;
using Grid.Chain.Ethereum.Rpc;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Chain.Ethereum.Signing;

public enum RemoteSignerKind
{
    /// <summary><c>eth_signTransaction</c>: web3signer, and nodes that hold keys.</summary>
    Web3Signer,

    /// <summary><c>account_signTransaction</c>: clef. A person may have to approve, so its endpoint needs a long timeout.</summary>
    Clef,
}

/// <summary>A key that another process holds. What comes back is checked: a signer that changes one field, or signs with another key, is refused.</summary>
public sealed class RemoteSigner(RpcEndpoint endpoint, Address address, RemoteSignerKind kind) : ISigner
{
    public Address Address { get; } = address;

    /// <exception cref="ChainException">The signer did not answer, refused, or signed something else.</exception>
    public async Task<SignedTransaction> SignAsync(Eip1559Transaction transaction, CancellationToken cancellationToken)
    {
        if (!transaction.AccessList.IsEmpty) throw new ArgumentException("Remote signers are not asked to sign access lists.", nameof(transaction));
        var method = kind == RemoteSignerKind.Clef ? "account_signTransaction" : "eth_signTransaction";
        var raw = await AskAsync(method, transaction, cancellationToken);
        try
        {
            var signed = SignedTransaction.Decode(raw);
            if (signed.Transaction != transaction) throw endpoint.Malformed(method, "a transaction that differs from the one it was to sign");
            return signed.Sender == Address ? signed : throw endpoint.Malformed(method, $"a signature of {signed.Sender} instead of {Address}");
        }
        catch (RlpException e)
        {
            throw endpoint.Malformed(method, $"no signed transaction: {e.Message}", e);
        }
    }

    private async Task<byte[]> AskAsync(string method, Eip1559Transaction transaction, CancellationToken cancellationToken)
    {
        var argument =
            new RpcTransaction(Address, transaction.To, transaction.Data, transaction.ValueWei, transaction.GasLimit, transaction.Nonce, transaction.ChainId,
            transaction.Fees.MaxFeePerGasWei, transaction.Fees.MaxPriorityFeePerGasWei);
        try
        {
            var answer = await endpoint.AskAsync(method, RpcJson.Default.JsonElement, [JsonSerializer.SerializeToElement(argument, RpcJson.Default.RpcTransaction)], cancellationToken);
            return HexDataConverter.TryParse(RawText(answer) ?? "", out var raw) ? raw : throw endpoint.Malformed(method, "no raw transaction");
        }
        catch (RpcErrorException e)
        {
            throw e.AsRefusal();
        }
    }

    // web3signer answers with the bytes, clef and geth with an object around them.
    private static string? RawText(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.String => answer.GetString(),
        JsonValueKind.Object when answer.TryGetProperty("raw", out var raw) && raw.ValueKind == JsonValueKind.String => raw.GetString(),
        _ => null,
    };
}
