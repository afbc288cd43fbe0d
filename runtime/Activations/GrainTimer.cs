using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Grid.Runtime.Activations;

/// <summary>A timer whose ticks are requests to its activation.</summary>
internal sealed partial class GrainTimer<TState> : Request, IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly bool _interleaves;
    private readonly bool _keepsAlive;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _isPosted;
    private bool _wasChanged;
    private bool _wasMissed;
    private bool _isDisposed;

    public GrainTimer(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _state) = (activation, callback, state);
        (_interleaves, _keepsAlive, _period) = (options.Interleave, options.KeepAlive, options.Period);
        using (ExecutionContext.SuppressFlow())
            _timer = activation.Silo.Host.CreateTimer(static self => ((GrainTimer<TState>)self!).Tick(), this, options.DueTime, IsCoarse(options));
        activation.Add(this);
    }

    public override bool Interleaves => _interleaves;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _wasChanged = _isPosted;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _timer.Dispose();
        _activation.Remove(this);
    }

    public override void Ended(Exception? error)
    {
        var isArmed = _wasChanged && !_wasMissed;
        _isPosted = _wasChanged = _wasMissed = false;
        if (error is not null)
            LogTickFailed(_activation.Silo.Log, _activation.GrainId, error);
        if (_keepsAlive)
            _activation.Touch();
        if (!_isDisposed && !isArmed)
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    protected override Task RunAsync() => _isDisposed ? Task.CompletedTask : _callback(_state, _activation.Stopping);

    private static bool IsCoarse(GrainTimerCreationOptions options) => options.DueTime >= Limits.CoarseTimerMin && options.Period >= Limits.CoarseTimerMin;

    private void Tick()
    {
        // A timer that was changed while a tick is under way may be due before that has ended.
        _wasMissed = _isPosted;
        if (_isPosted)
            return;
        _isPosted = true;
        try
        {
            _activation.TryPost(this);
        }
        catch (LimitExceededException)
        {
            _isPosted = false;
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "a timer of {Grain} failed; it ticks again after its period")]
    private static partial void LogTickFailed(ILogger log, GrainId grain, Exception error);
}
