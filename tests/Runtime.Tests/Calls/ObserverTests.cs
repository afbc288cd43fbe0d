using System.Collections.Concurrent;
using Grid.Tests.Runtime.Grains;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Calls;

public sealed class ObserverTests
{
    [Fact]
    public async Task A_grain_calls_an_object_outside_grains()
    {
        await using var cluster = await TestSilos.StartAsync();
        var observer = new Numbers();
        var reference = cluster.Client.CreateObjectReference<INumberObserver>(observer);

        await cluster.Client.GetGrain<ILifecycleGrain>("a").Notify(reference, 7);

        Assert.Equal([7], observer.Seen);
    }

    [Fact]
    public async Task A_deleted_observer_is_not_available()
    {
        await using var cluster = await TestSilos.StartAsync();
        var reference = cluster.Client.CreateObjectReference<INumberObserver>(new Numbers());
        cluster.Client.DeleteObjectReference<INumberObserver>(reference);

        await Assert.ThrowsAsync<ClientNotAvailableException>(() => cluster.Client.GetGrain<ILifecycleGrain>("a").Notify(reference, 7));
    }

    private sealed class Numbers : INumberObserver
    {
        public ConcurrentQueue<int> Seen { get; } = new();

        public Task Number(int number)
        {
            Seen.Enqueue(number);
            return Task.CompletedTask;
        }
    }
}
