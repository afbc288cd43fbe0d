using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Abi;

namespace Grid.Tests.Ethereum.Transactions;

/// <summary>Ours against foundry's cast, which shares no code with us.</summary>
public sealed class AsCastDoesIt
{
    private const int Calls = 20;

    [Fact]
    public async Task Calldata_is_the_same()
    {
        foreach (var call in AbiDecoding.Calls.Sample(Calls, Calls))
        {
            var signature = $"f({string.Join(',', call.Select(argument => argument.Type))})";
            var ours = Hex.Text(AbiFunction.Parse(signature).Encode([.. call.Select(argument => argument.Value)]));

            Assert.Equal(ours, await EvmTools.CastAsync(["calldata", signature, "--", .. call.Select(argument => argument.Literal)]));
        }
    }

    [Fact]
    public async Task Selectors_topics_and_errors_are_the_same()
    {
        Assert.Equal(Hex.Text(AbiFunction.Parse("claimByLease((address,uint64,bytes32)[] proof, bytes signature)").Selector), await EvmTools.CastAsync("sig", "claimByLease((address,uint64,bytes32)[],bytes)"));
        Assert.Equal(AbiEvent.Parse("RootPosted(address indexed operator, uint64 batch, bytes32 root)").Topic.ToString(), await EvmTools.CastAsync("sig-event", "RootPosted(address indexed,uint64,bytes32)"));
    }

    [Fact]
    public async Task Raw_transactions_are_the_same()
    {
        using var key = PrivateKey.FromBytes(Keccak256.Hash("a key"u8).ToByteArray());
        var secret = new byte[PrivateKey.SizeBytes];
        key.CopyTo(secret);
        var transaction = new Eip1559Transaction(31337, 5, new Fees(2_000_000_000, 1_000_000_000), 100_000, key.Address, 12345, Hex.Bytes("a9059cbb00ff"));

        var theirs = await EvmTools.CastAsync("mktx", "--private-key", Hex.Text(secret), "--chain", "31337", "--nonce", "5", "--gas-limit", "100000",
            "--gas-price", "2000000000", "--priority-gas-price", "1000000000", "--value", "12345", key.Address.ToString(), "0xa9059cbb00ff");

        Assert.Equal(theirs, Hex.Text(SignedTransaction.Sign(transaction, key).Raw));
    }
}
