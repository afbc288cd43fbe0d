using Orleans;
using Orleans.Concurrency;

namespace Grid.Tests.Runtime.Grains;

public interface IReentrantGrain : IGrainWithStringKey
{
    Task Wait();

    Task Open();

    Task<bool> StaysOnItsScheduler();

    Task CountUnguarded();

    Task<int> Counted();
}

[Reentrant]
public sealed class ReentrantGrain : Grain, IReentrantGrain
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public Task Wait() => _gate.Task;

    public Task Open()
    {
        _gate.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task<bool> StaysOnItsScheduler()
    {
        var own = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await Task.Delay(TimeSpan.FromMilliseconds(1));
        return own != TaskScheduler.Default && afterYield == own && TaskScheduler.Current == own;
    }

    public async Task CountUnguarded()
    {
        _count++;
        await Task.Yield();
        _count++;
    }

    public Task<int> Counted() => Task.FromResult(_count);
}
