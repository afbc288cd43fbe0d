using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Following;
using Grid.Tests.Ethereum.Model;
using Grid.Tests.Ethereum.Rpc;

namespace Grid.Tests.Ethereum.Following;

public sealed class FollowerRules
{
    [Fact]
    public async Task Only_blocks_with_enough_confirmations_are_read()
    {
        using var world = new FollowWorld(confirmations: 3);
        for (var i = 0; i < 15; i++) await world.MineAsync(1);

        await world.CatchUpAsync();

        Assert.Equal(12UL, world.Cursor.Tip.Number);
        Assert.Equal(world.LogsUpTo(12), world.Logs);
    }

    [Fact]
    public async Task What_is_final_is_forgotten_by_the_cursor()
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 60; i++) await world.MineAsync(0);

        await world.CatchUpAsync();

        Assert.Equal(world.Chain.FinalNumber, world.Cursor.Final.Number);
        Assert.Equal(ModelChain.FinalityDepth, world.Cursor.Unfinal.Length);
    }

    public static TheoryData<string> Cuts => ["the second half", "all", "the last of a block", "the first block"];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Half_a_page_of_logs_is_noticed_by_one_endpoint_alone(string missing)
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 6; i++) await world.MineAsync(2);
        world.Server.Logs = logs => missing switch
        {
            "the second half" => [.. logs.Take(logs.Count / 2)],
            "all" => [],
            "the last of a block" => [.. logs.SkipLast(1)],
            _ => [.. logs.Skip(2)],
        };

        await HostileServers.FailsAsync(ChainFault.Incomplete, world.StepAsync());

        Assert.Empty(world.Logs);
        world.Server.Logs = null;
        await world.CatchUpAsync();
        Assert.Equal(world.LogsUpTo(6), world.Logs);
    }

    [Fact]
    public async Task Logs_that_cannot_be_are_refused()
    {
        using var world = new FollowWorld(pageBlocks: 1);
        await world.MineAsync(2);
        foreach (var lie in (Func<IReadOnlyList<LogEntry>, IReadOnlyList<LogEntry>>[])
        [
            logs => [logs[1], logs[0]],
            logs => [logs[0], logs[0], logs[1]],
            logs => [.. logs, logs[0] with { Block = new BlockRef(99, Hash256.Zero) }],
            logs => [.. logs, logs[0] with { Address = Address.Zero, Index = 9 }],
        ])
        {
            world.Server.Logs = lie;
            await HostileServers.FailsAsync(ChainFault.Malformed, world.StepAsync());
        }

        world.Server.Logs = logs => [.. logs.Select(log => log with { Block = log.Block with { Hash = Hash256.Zero } })];
        await HostileServers.FailsAsync(ChainFault.Reorged, world.StepAsync());
    }

    [Fact]
    public async Task An_invented_log_is_ruled_out_by_the_bloom_filter()
    {
        using var world = new FollowWorld(pageBlocks: 1);
        await world.MineAsync(0);
        var invented = new LogEntry(ModelChain.Contract, [Hash256.Zero], default, world.Chain.Head.Ref, Hash256.Zero, 0);
        world.Server.Logs = _ => [invented];

        await HostileServers.FailsAsync(ChainFault.Malformed, world.StepAsync());
    }

    [Fact]
    public async Task A_skipped_block_is_noticed()
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 5; i++) await world.MineAsync(0);
        world.Server.Headers = headers => [.. headers.Where((_, i) => i != 2)];

        await HostileServers.FailsAsync(ChainFault.Reorged, world.StepAsync());
    }

    [Fact]
    public async Task A_server_that_gives_few_logs_at_once_is_asked_for_fewer_blocks()
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 30; i++) await world.MineAsync(1);
        world.Server.MaxLogRange = 3;

        await world.CatchUpAsync();

        Assert.Equal(world.LogsUpTo(30), world.Logs);
    }

    [Fact]
    public async Task A_lagging_head_takes_nothing_back()
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 20; i++) await world.MineAsync(1);
        await world.CatchUpAsync();
        world.Server.LagBlocks = 5;

        Assert.IsType<FollowResult.UpToDate>(await world.StepAsync());
        Assert.Equal(20UL, world.Cursor.Tip.Number);
    }

    [Fact]
    public async Task A_head_before_what_is_final_is_called_lagging()
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 60; i++) await world.MineAsync(0);
        await world.CatchUpAsync();
        world.Server.LagBlocks = 40;

        await HostileServers.FailsAsync(ChainFault.Lagging, world.StepAsync());
    }

    [Fact]
    public async Task A_reorg_behind_finality_is_not_followed()
    {
        using var world = new FollowWorld();
        for (var i = 0; i < 60; i++) await world.MineAsync(0);
        await world.CatchUpAsync();
        var other = new ModelChain();
        other.Mine(0);
        other.Reorg(1, isReturnedToPool: false);
        for (var i = 0; i < 70; i++) other.Mine(0);

        await HostileServers.FailsAsync(ChainFault.FinalityViolated, new BlockFollower(other, new FollowOptions(FollowWorld.Filter, 0)).StepAsync(world.Cursor, CancellationToken.None));
    }
}
