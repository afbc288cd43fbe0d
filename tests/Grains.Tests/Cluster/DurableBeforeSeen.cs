using Grid.Shards;

namespace Grid.Tests.Grains.Cluster;

/// <summary>What all grains that store through AcknowledgedState and SharedWrite promise, shown on a shard.</summary>
public sealed class DurableBeforeSeen : IDisposable
{
    private const string Key = "Leases/00/0";

    private readonly World _world = new();

    public DurableBeforeSeen() => Assert.True(Join("a"));

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Readers_see_the_last_durable_state_while_a_write_is_under_way()
    {
        _world.Faults.SlowStorage = 1;
        var isJoined = false;
        _ = _world.Silo.Spawn("joiner", async () => isJoined = await _world.Grains.GetGrain<IShardGrain>(Key).Join("b"));

        _world.RunTicks(1);
        Assert.Equal(["a"], List().Members);
        Assert.False(isJoined);

        _world.Until(() => isJoined, "join", withinTicks: 10);
        Assert.Equal(["a", "b"], List().Members);
    }

    [Fact]
    public void Callers_who_wait_at_the_same_time_share_a_write()
    {
        var (before, joined) = (_world.Silo.Storage.WriteCount, 0);
        for (var member = 0; member < 50; member++)
        {
            var name = $"m{member:00}";
            _ = _world.Silo.Spawn(name, async () =>
            {
                Assert.True(await _world.Grains.GetGrain<IShardGrain>(Key).Join(name));
                joined++;
            });
        }

        _world.Until(() => joined == 50, "joins", withinTicks: 10);

        Assert.InRange(_world.Silo.Storage.WriteCount - before, 1, 10);
        Assert.Equal(51, List().Members.Length);
    }

    [Fact]
    public void A_write_that_failed_is_never_seen_and_does_not_ride_along_with_the_next()
    {
        _world.Faults.StorageFailureBefore = 1;
        Assert.NotNull(Failure("b"));
        _world.Faults.StorageFailureBefore = 0;

        Assert.True(Join("c"));

        Assert.Equal(["a", "c"], List().Members);
    }

    [Fact]
    public void After_a_write_of_unknown_outcome_the_store_says_what_is_true()
    {
        _world.Faults.StorageFailureAfter = 1;
        Assert.NotNull(Failure("b"));
        _world.Faults.StorageFailureAfter = 0;

        Assert.Equal(["a", "b"], List().Members);
        Assert.True(Join("b"));
    }

    [Fact]
    public void A_full_page_sends_the_next_member_on()
    {
        for (var member = 1; member < 128; member++) Assert.True(Join($"m{member:000}"));

        Assert.False(Join("one too many"));
        Assert.True(Join("m001"));
        Assert.True(List().HasNext);
        _world.Do(grains => grains.GetGrain<IShardGrain>(Key).Leave("m001"));
        Assert.True(Join("one too many"));
    }

    private bool Join(string member) => _world.Ask(grains => grains.GetGrain<IShardGrain>(Key).Join(member));

    private ShardPage List() => _world.Ask(grains => grains.GetGrain<IShardGrain>(Key).List());

    private Exception? Failure(string member) => _world.Ask(async grains => (Exception?)await Record.ExceptionAsync(() => grains.GetGrain<IShardGrain>(Key).Join(member)));
}
