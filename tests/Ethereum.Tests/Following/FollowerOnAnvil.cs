using System.Collections.Immutable;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Following;
using Grid.Tests.Ethereum.Anvil;
using Grid.Tests.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Following;

public sealed class FollowerOnAnvil
{
    private const int DeepestReorg = 20;

    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reorgs_of_1_to_20_blocks_take_back_just_what_they_removed()
    {
        await using var anvil = await AnvilNode.StartAsync();
        using var key = AnvilNode.RichKey();
        var start = await anvil.Chain.GetBlockAsync(BlockTag.Latest, s_token);
        var contract = (await RpcOnAnvil.MinedAsync(anvil, key, 0, null, Emitter.CreationCode)).CreatedContract!.Value;
        var follower = new BlockFollower(anvil.Chain, new FollowOptions(new LogFilter([contract], []), Confirmations: 0));
        var cursor = ChainCursor.After(start!.Ref);
        var seen = ImmutableList<LogEntry>.Empty;
        for (var depth = 1; depth <= DeepestReorg; depth++)
        {
            var nonce = await anvil.Chain.GetNonceAsync(key.Address, BlockTag.Latest, s_token);
            var kept = await RpcOnAnvil.MinedAsync(anvil, key, nonce, contract, Emitter.CallWith(depth));
            var lost = await RpcOnAnvil.MinedAsync(anvil, key, nonce + 1, contract, Emitter.CallWith(1000 + depth));
            await anvil.MineAsync(depth - 1);
            (cursor, seen, var removedBefore) = await CatchUpAsync(follower, cursor, seen);
            Assert.Equal(0, removedBefore);
            Assert.Equal(lost.Block, seen[^1].Block);

            await anvil.ReorgAsync(depth);
            (cursor, seen, var removed) = await CatchUpAsync(follower, cursor, seen);

            Assert.Equal(depth, removed);
            Assert.Equal(kept.Block, seen[^1].Block);
        }

        Assert.Equal(DeepestReorg, seen.Count);
        Assert.Equal(await anvil.Chain.GetLogsAsync(new LogFilter([contract], []), 0, cursor.Tip.Number, s_token), seen);
    }

    private static async Task<(ChainCursor Cursor, ImmutableList<LogEntry> Logs, int Removed)> CatchUpAsync(BlockFollower follower, ChainCursor cursor, ImmutableList<LogEntry> logs)
    {
        var removed = 0;
        while (true)
        {
            var result = await follower.StepAsync(cursor, s_token);
            cursor = result.Cursor;
            if (result is FollowResult.UpToDate) return (cursor, logs, removed);
            if (result is FollowResult.Advanced advanced) logs = logs.AddRange(advanced.Logs);
            if (result is not FollowResult.RolledBack back) continue;
            removed += back.Removed.Length;
            logs = logs.RemoveAll(log => back.Removed.Contains(log.Block));
        }
    }
}
