using Orleans;
using Orleans.Concurrency;

namespace Grid.Tests.Runtime.Grains;

/// <summary>Calls that end when the test says so.</summary>
public interface ISlowGrain : IGrainWithStringKey
{
    Task Sleep(TimeSpan duration);

    /// <summary>Waits for <see cref="Open"/>; the entries and exits are in <see cref="Log"/>.</summary>
    Task Wait(string name);

    [AlwaysInterleave]
    Task Open();

    [AlwaysInterleave]
    Task<string> Log();

    [ResponseTimeout("00:00:00.200")]
    Task WaitBriefly();

    Task Quick(string name);
}

public sealed class SlowGrain(TimeProvider time) : Grain, ISlowGrain
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];

    public Task Sleep(TimeSpan duration) => Task.Delay(duration, time);

    public async Task Wait(string name)
    {
        _log.Add($"+{name}");
        await _gate.Task;
        _log.Add($"-{name}");
    }

    public Task Open()
    {
        _gate.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<string> Log() => Task.FromResult(string.Join(' ', _log));

    public Task WaitBriefly() => _gate.Task;

    public Task Quick(string name)
    {
        _log.Add(name);
        return Task.CompletedTask;
    }
}
