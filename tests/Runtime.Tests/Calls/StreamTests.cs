using Grid.Tests.Runtime.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Calls;

public sealed class StreamTests
{
    [Fact]
    public async Task A_sequence_comes_in_order_and_ends()
    {
        await using var cluster = await TestSilos.StartAsync();
        var seen = new List<int>();

        await foreach (var number in cluster.Client.GetGrain<ILifecycleGrain>("a").Count(5))
            seen.Add(number);

        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public async Task A_caller_that_leaves_early_ends_the_enumeration_at_the_grain()
    {
        await using var cluster = await TestSilos.StartAsync();

        await foreach (var number in cluster.Client.GetGrain<ILifecycleGrain>("a").Count(int.MaxValue))
        {
            if (number == 3)
                break;
        }

        Assert.Contains("enumeration over", cluster.Services.GetRequiredService<LifeLog>().Entries);
    }

    [Fact]
    public async Task A_sequence_ends_with_the_activation_that_produces_it()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ILifecycleGrain>("a");
        await using var numbers = grain.Count(int.MaxValue).GetAsyncEnumerator();
        Assert.True(await numbers.MoveNextAsync());

        await grain.EndAfterThis();

        await Assert.ThrowsAsync<EnumerationAbortedException>(() => numbers.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Other_calls_run_between_the_steps()
    {
        await using var cluster = await TestSilos.StartAsync();
        var grain = cluster.Client.GetGrain<ILifecycleGrain>("a");

        await foreach (var _ in grain.Count(3))
            await grain.Touch();
    }
}
