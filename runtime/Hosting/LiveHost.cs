using Grid.Runtime.Activations;
using Grid.Runtime.Calls;

namespace Grid.Runtime.Hosting;

/// <summary>Turns run on the thread pool; messages arrive at once.</summary>
internal sealed class LiveHost : IHost, IDisposable
{
    private static readonly TimeSpan Granularity = TimeSpan.FromMilliseconds(Limits.TimeoutGranularityMs);

    private readonly PendingCalls[] _pending = [.. Enumerable.Range(0, Limits.PendingCallShards).Select(_ => new PendingCalls())];
    private readonly CoarseTimers _timers = new(Granularity);
    private readonly long _startTimestamp;
    private readonly ITimer _sweep;
    private long _nowTicks;
    private long _queues;

    public LiveHost(TimeProvider time)
    {
        Time = time;
        _startTimestamp = time.GetTimestamp();
        _sweep = time.CreateTimer(static self => ((LiveHost)self!).Sweep(), this, Granularity, Granularity);
    }

    public TimeProvider Time { get; }

    public long NowTicks => Volatile.Read(ref _nowTicks);

    public TaskCreationOptions AnswerOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    public ITimer CreateTimer(TimerCallback callback, object state, TimeSpan dueTime, bool isCoarse) => isCoarse
        ? _timers.Create(callback, state, dueTime)
        : Time.CreateTimer(callback, state, dueTime, Timeout.InfiniteTimeSpan);

    public long NextQueueNumber() => Interlocked.Increment(ref _queues);

    // Into the global queue: the pool's local queues are last in, first out, which starves whoever came first.
    public void Schedule(TurnQueue queue) => ThreadPool.UnsafeQueueUserWorkItem(queue, preferLocal: false);

    public void CheckThread()
    {
    }

    public void Await(Call call, TimeSpan timeout) =>
        _pending[Environment.CurrentManagedThreadId & (Limits.PendingCallShards - 1)].Add(call, timeout, NowTicks + Granularity.Ticks);

    public void Send(Call call) => call.Reference.Target.Silo.Receive(call);

    public void Answer(Call call)
    {
        call.Pending.List?.Remove(call);
        call.Deliver();
    }

    /// <summary>Nobody counts timeouts any more, so whoever still waits is told at once.</summary>
    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var pending in _pending)
            pending.Expire(long.MaxValue, Silo.Gone);
    }

    private void Sweep()
    {
        Volatile.Write(ref _nowTicks, Time.GetElapsedTime(_startTimestamp).Ticks);
        foreach (var pending in _pending)
            pending.Expire(NowTicks, Silo.TimedOut);
        _timers.AdvanceTo(NowTicks);
    }
}
