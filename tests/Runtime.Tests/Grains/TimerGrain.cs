using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Grid.Tests.Runtime.Grains;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Ticks that take a while and are logged with the seconds at which they begin.</summary>
    Task Start(TimeSpan due, TimeSpan period, TimeSpan tickTakes, bool interleave = false, bool keepAlive = false);

    Task Change(TimeSpan due, TimeSpan period);

    Task Stop();

    Task<string> Ticks();

    Task FailTicks();
}

public sealed class TimerGrain(TimeProvider time) : Grain, ITimerGrain
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly List<string> _ticks = [];
    private IGrainTimer? _timer;
    private bool _ticksFail;

    public Task Start(TimeSpan due, TimeSpan period, TimeSpan tickTakes, bool interleave, bool keepAlive)
    {
        _timer = this.RegisterGrainTimer(
            TickAsync, tickTakes, new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<string> Ticks() => Task.FromResult(string.Join(' ', _ticks));

    public Task FailTicks()
    {
        _ticksFail = true;
        return Task.CompletedTask;
    }

    private async Task TickAsync(TimeSpan takes, CancellationToken stop)
    {
        _ticks.Add((time.GetUtcNow() - _start).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture));
        await Task.Delay(takes, time, stop);
        if (_ticksFail)
            throw new InvalidOperationException("a tick failed");
    }
}
