using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Transactions;
using Grid.Tests.Ethereum.Following;
using Grid.Tests.Ethereum.Model;
using Grid.Tests.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Port;

/// <summary>Fault row 35: one of two endpoints lies, lags, or is away.</summary>
public sealed class TwoEndpoints : IDisposable
{
    private static readonly CancellationToken s_token = CancellationToken.None;
    private static readonly LogFilter s_filter = new([ModelChain.Contract], []);

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly ModelChain _chain = new();
    private readonly SignedTransaction _transaction;

    public TwoEndpoints()
    {
        _transaction = SignedTransaction.Sign(new Eip1559Transaction(ModelChain.ChainId, 0, new Fees(10_000, 1), 21_000, ModelChain.Contract, 0, new byte[] { 1 }), _key);
        _chain.SubmitAsync(_transaction, s_token);
        for (var i = 0; i < 40; i++) _chain.Mine(1);
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Two_that_agree_are_believed()
    {
        var both = new CrossCheckedChain(_chain, _chain);

        Assert.Equal(ModelChain.ChainId, await both.GetChainIdAsync(s_token));
        Assert.Equal(_chain.Head, await both.GetBlockAsync(BlockTag.Latest, s_token));
        Assert.Equal(10, (await both.GetBlocksAsync(5, 10, s_token)).Count);
        Assert.Single(await both.GetLogsAsync(s_filter, 0, 40, s_token));
        Assert.Equal(1UL, await both.GetNonceAsync(_key.Address, BlockTag.Latest, s_token));
        Assert.Equal(1UL, (await both.GetReceiptAsync(_transaction.Hash, s_token))!.Block.Number);
        Assert.Equal(SubmissionStatus.NonceTooLow, (await both.SubmitAsync(_transaction, s_token)).Status);
    }

    [Fact]
    public async Task The_head_is_the_lower_of_two_close_ones_and_none_of_two_far_ones()
    {
        var late = new ErringChain(_chain) { LagBlocks = 3 };
        var lost = new ErringChain(_chain) { LagBlocks = Chain.Ethereum.Limits.MaxLagBlocks + 1 };

        Assert.Equal(37UL, (await new CrossCheckedChain(_chain, late).GetBlockAsync(BlockTag.Latest, s_token))!.Number);
        Assert.Equal(37UL, (await new CrossCheckedChain(late, _chain).GetBlockAsync(BlockTag.Latest, s_token))!.Number);
        var error = await HostileServers.FailsAsync(ChainFault.Lagging, new CrossCheckedChain(lost, _chain).GetBlockAsync(BlockTag.Latest, s_token));
        Assert.NotNull(await new CrossCheckedChain(lost, _chain).GetBlockAsync(BlockTag.Finalized, s_token));
        Assert.StartsWith("The primary endpoint is 17 blocks behind", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Lies => ["chain id", "block", "late block", "blocks", "receipt", "nonce", "call"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_lie_of_either_is_a_disagreement(string about)
    {
        foreach (var both in (CrossCheckedChain[])[new(_chain, new Liar(_chain, about)), new(new Liar(_chain, about), _chain)])
        {
            await HostileServers.FailsAsync(ChainFault.Disagreement, about switch
            {
                "chain id" => both.GetChainIdAsync(s_token),
                "block" => both.GetBlockAsync(BlockTag.At(7), s_token),
                "late block" => both.GetBlockAsync(BlockTag.Latest, s_token),
                "blocks" => both.GetBlocksAsync(5, 5, s_token),
                "receipt" => both.GetReceiptAsync(_transaction.Hash, s_token),
                "nonce" => both.GetNonceAsync(_key.Address, BlockTag.At(7), s_token),
                _ => both.CallAsync(new ChainCall(default, ModelChain.Contract, new byte[] { 1 }), BlockTag.Latest, s_token),
            });
        }
    }

    [Fact]
    public async Task A_page_that_one_endpoint_cuts_is_incomplete()
    {
        var cut = new ErringChain(_chain) { Logs = _ => [] };

        await HostileServers.FailsAsync(ChainFault.Incomplete, new CrossCheckedChain(_chain, cut).GetLogsAsync(s_filter, 0, 40, s_token));
        await HostileServers.FailsAsync(ChainFault.Incomplete, new CrossCheckedChain(cut, _chain).GetLogsAsync(s_filter, 0, 40, s_token));
    }

    [Fact]
    public async Task What_only_one_has_heard_of_is_not_there_yet()
    {
        var other = new ModelChain();

        Assert.Null(await new CrossCheckedChain(_chain, other).GetReceiptAsync(_transaction.Hash, s_token));
        Assert.Null(await new CrossCheckedChain(_chain, other).GetBlockAsync(BlockTag.At(30), s_token));
        Assert.Single(await new CrossCheckedChain(_chain, other).GetBlocksAsync(0, 10, s_token));
    }

    [Fact]
    public async Task One_endpoint_away_means_no_answer_and_yet_a_transaction_goes_out()
    {
        var away = new RpcChainAway();
        var both = new CrossCheckedChain(new ModelChain(), away);

        await HostileServers.FailsAsync(ChainFault.Unreachable, both.GetBlockAsync(BlockTag.Latest, s_token));
        Assert.Equal(SubmissionStatus.Accepted, (await both.SubmitAsync(_transaction, s_token)).Status);
    }

    /// <summary>Lies about one thing.</summary>
    private sealed class Liar(IChain inner, string about) : PassingChain(inner)
    {
        public override async Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => about == "chain id" ? 1 : await base.GetChainIdAsync(cancellationToken);

        public override async Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken)
        {
            var block = await base.GetBlockAsync(tag, cancellationToken);
            if (about == "late block") return block! with { Number = block.Number - 1, Hash = Hash256.Zero };
            return about == "block" ? block! with { Hash = Hash256.Zero } : block;
        }

        public override async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(ulong first, int count, CancellationToken cancellationToken)
        {
            var blocks = await base.GetBlocksAsync(first, count, cancellationToken);
            return about == "blocks" ? [.. blocks.Select(block => block.Number == first + 2 ? block with { Hash = Hash256.Zero } : block)] : blocks;
        }

        public override async Task<IReadOnlyList<TransactionReceipt>> GetReceiptsAsync(IReadOnlyList<Hash256> transactions, CancellationToken cancellationToken)
        {
            var receipts = await base.GetReceiptsAsync(transactions, cancellationToken);
            return about == "receipt" ? [.. receipts.Select(receipt => receipt with { Succeeded = false })] : receipts;
        }

        public override async Task<ulong> GetNonceAsync(Address account, BlockTag at, CancellationToken cancellationToken) =>
            about == "nonce" ? 100 : await base.GetNonceAsync(account, at, cancellationToken);

        public override async Task<CallResult> CallAsync(ChainCall call, BlockTag at, CancellationToken cancellationToken) =>
            about == "call" ? new CallResult(new byte[] { 2 }) : await base.CallAsync(call, at, cancellationToken);
    }

    private sealed class RpcChainAway() : PassingChain(new ModelChain())
    {
        public override Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) => throw new ChainException(ChainFault.Unreachable, "away");

        public override Task<Submission> SubmitAsync(SignedTransaction transaction, CancellationToken cancellationToken) =>
            Task.FromResult(new Submission(SubmissionStatus.OutcomeUnknown));
    }
}
