using System.Net;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Rpc;
using Grid.Chain.Ethereum.Transactions;

namespace Grid.Tests.Ethereum.Rpc;

public sealed class HostileServers
{
    private static readonly CancellationToken s_token = CancellationToken.None;

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"result\":\"0x1\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":\"0x1\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":7}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"7\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x01\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x10000000000000000\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}")]
    public async Task An_answer_that_is_none_is_malformed(string body) =>
        await FailsAsync(ChainFault.Malformed, new RpcChain(FakeServer.Answering(body)).GetChainIdAsync(s_token));

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, ChainFault.Unreachable)]
    [InlineData(HttpStatusCode.BadGateway, ChainFault.Unreachable)]
    [InlineData(HttpStatusCode.Unauthorized, ChainFault.Refused)]
    public async Task An_http_error_is_a_fault_of_its_kind(HttpStatusCode status, ChainFault fault) =>
        await FailsAsync(fault, new RpcChain(FakeServer.Answering("", status)).GetChainIdAsync(s_token));

    [Fact]
    public async Task A_server_that_does_not_answer_is_left_after_the_timeout() =>
        await FailsAsync(ChainFault.Unreachable, new RpcChain(FakeServer.Endpoint(new SilentServer(), timeoutMs: 20)).GetChainIdAsync(s_token));

    [Fact]
    public async Task An_endless_answer_is_cut_at_the_limit()
    {
        var server = new EndlessServer();

        await FailsAsync(ChainFault.Malformed, new RpcChain(FakeServer.Endpoint(server)).GetChainIdAsync(s_token));

        Assert.InRange(server.SentBytes, 1, 2 * Chain.Ethereum.Limits.MaxRpcResponseBytes);
    }

    [Fact]
    public async Task Errors_name_the_endpoint_and_quote_little_and_never_tell_its_url()
    {
        var endpoint = FakeServer.WithError($$"""{"code":-32000,"message":"{{new string('x', 5000)}}\n"}""");

        var error = await FailsAsync(ChainFault.Refused, new RpcChain(endpoint).GetChainIdAsync(s_token));

        Assert.StartsWith("fake refused eth_chainId (code -32000)", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 100, 300);
        Assert.DoesNotContain(FakeServer.Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_of_another_number_or_with_missing_fields_is_malformed()
    {
        var block = $$"""{"number":"0x5","hash":"{{Hash256.Zero}}","parentHash":"{{Hash256.Zero}}","timestamp":"0x1","logsBloom":"0x{{new string('0', 512)}}","baseFeePerGas":"0x7"}""";

        Assert.Equal(7u, (await new RpcChain(FakeServer.WithResult(block)).GetBlockAsync(BlockTag.At(5), s_token))!.BaseFeePerGasWei);
        await FailsAsync(ChainFault.Malformed, new RpcChain(FakeServer.WithResult(block)).GetBlockAsync(BlockTag.At(6), s_token));
        await FailsAsync(ChainFault.Malformed, new RpcChain(FakeServer.WithResult(block.Replace("parentHash", "x", StringComparison.Ordinal))).GetBlockAsync(BlockTag.At(5), s_token));
        await FailsAsync(ChainFault.Malformed, new RpcChain(FakeServer.WithResult(block.Replace("00\",\"base", "\",\"base", StringComparison.Ordinal))).GetBlockAsync(BlockTag.At(5), s_token));
    }

    [Fact]
    public async Task Null_among_logs_or_receipts_is_malformed()
    {
        var chain = new RpcChain(FakeServer.WithResult("[null]"));

        await FailsAsync(ChainFault.Malformed, chain.GetLogsAsync(new LogFilter([Address.Zero], []), 0, 1, s_token));
        await FailsAsync(ChainFault.Malformed, chain.GetLogsOfBlockAsync(default, s_token));
    }

    [Theory]
    [InlineData("already known", SubmissionStatus.AlreadyKnown)]
    [InlineData("transaction already imported", SubmissionStatus.AlreadyKnown)]
    [InlineData("Known transaction", SubmissionStatus.AlreadyKnown)]
    [InlineData("nonce too low: next nonce 5, tx nonce 4", SubmissionStatus.NonceTooLow)]
    [InlineData("replacement transaction underpriced", SubmissionStatus.Underpriced)]
    [InlineData("max fee per gas less than block base fee", SubmissionStatus.Underpriced)]
    [InlineData("Insufficient funds for gas * price + value", SubmissionStatus.InsufficientFunds)]
    [InlineData("exceeds block gas limit", SubmissionStatus.Refused)]
    public async Task A_refused_transaction_is_told_apart_by_the_nodes_words(string words, SubmissionStatus status)
    {
        using var key = PrivateKey.Generate();
        var endpoint = FakeServer.WithError($$"""{"code":-32000,"message":"{{words}}"}""");

        Assert.Equal(status, (await new RpcChain(endpoint).SubmitAsync(Some(key), s_token)).Status);
    }

    [Fact]
    public async Task A_transaction_without_an_answer_or_with_anothers_hash_has_an_unknown_outcome()
    {
        using var key = PrivateKey.Generate();

        Assert.Equal(SubmissionStatus.OutcomeUnknown, (await new RpcChain(FakeServer.Endpoint(new SilentServer(), timeoutMs: 20)).SubmitAsync(Some(key), s_token)).Status);
        Assert.Equal(SubmissionStatus.OutcomeUnknown, (await new RpcChain(FakeServer.WithResult($"\"{Hash256.Zero}\"")).SubmitAsync(Some(key), s_token)).Status);
        Assert.Equal(SubmissionStatus.Accepted, (await new RpcChain(FakeServer.WithResult($"\"{Some(key).Hash}\"")).SubmitAsync(Some(key), s_token)).Status);
    }

    [Theory]
    [InlineData("0x0", true)]
    [InlineData("0xff", true)]
    [InlineData("0xffffffffffffffffffffffffffffffff", true)]
    [InlineData("0x100000000000000000000000000000000", false)]
    [InlineData("0x", false)]
    [InlineData("0x00", false)]
    [InlineData("0x0f", false)]
    [InlineData("ff", false)]
    [InlineData("0X1", false)]
    [InlineData("0x 1", false)]
    [InlineData("0x-1", false)]
    public void A_quantity_has_one_form(string text, bool isOne)
    {
        Assert.Equal(isOne, Quantity.TryParse(text, out var number));
        if (isOne) Assert.Equal(text, Quantity.Format(number));
    }

    [Theory]
    [InlineData("[{0},{1}]", true)]
    [InlineData("[{1},{0}]", true)]
    [InlineData("[{0},{0}]", false)]
    [InlineData("[{0}]", false)]
    [InlineData("[{0},{1},{1}]", false)]
    [InlineData("{0}", false)]
    [InlineData("[null,{0}]", false)]
    public async Task A_batch_is_answered_question_by_question_in_any_order(string shape, bool isRight)
    {
        const string Answer = "{{\"jsonrpc\":\"2.0\",\"id\":{0},\"result\":null}}";
        var chain = new RpcChain(FakeServer.Answering(string.Format(shape, string.Format(Answer, 1), string.Format(Answer, 2))));
        var asked = chain.GetReceiptsAsync([Hash256.Zero, Hash256.Zero], s_token);

        if (isRight) Assert.Empty(await asked);
        else await FailsAsync(ChainFault.Malformed, asked);
    }

    internal static async Task<ChainException> FailsAsync(ChainFault fault, Task asked)
    {
        var error = await Assert.ThrowsAsync<ChainException>(() => asked);
        Assert.Equal(fault, error.Fault);
        return error;
    }

    private static SignedTransaction Some(PrivateKey key) => SignedTransaction.Sign(new Eip1559Transaction(1, 0, new Fees(2, 1), 21_000, key.Address, 0, default), key);
}
