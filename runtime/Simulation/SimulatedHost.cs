using Grid.Runtime.Activations;
using Grid.Runtime.Calls;

namespace Grid.Runtime.Simulation;

/// <summary>One thread, virtual time, and one source of randomness that chooses who runs next and what goes wrong.</summary>
internal sealed class SimulatedHost : IHost
{
    private readonly int _threadId = Environment.CurrentManagedThreadId;
    private readonly List<TurnQueue> _runnable = [];
    private readonly EventQueue _events = new();
    private readonly PendingCalls _pending = new();
    private readonly SimulatedRandom _choices;
    private readonly SimulatedRandom _misfortunes;
    private readonly SimulationFaults _faults;
    private readonly SimulationJournal _journal;
    private long _queues;
    private Exception? _violation;

    public SimulatedHost(SimulatedRandom random, SimulationOptions options, SimulationJournal journal)
    {
        _choices = random.Fork();
        _misfortunes = random.Fork();
        _faults = options.Faults;
        _journal = journal;
        Clock = new SimulatedClock(this, options.Start);
    }

    /// <summary>The silo's clock.</summary>
    public SimulatedClock Clock { get; }

    public TimeProvider Time => Clock;

    public long NowTicks { get; private set; }

    public long EventCount { get; private set; }

    /// <summary>Why the run is void; set by whichever process of the simulated world failed first.</summary>
    public Exception? Failure { get; set; }

    public bool HasRunnable => _runnable.Count > 0;

    // Answers are delivered between turns. Asynchronous continuations would have Task.WhenAll and its like go through the thread pool.
    public TaskCreationOptions AnswerOptions => TaskCreationOptions.None;

    public ITimer CreateTimer(TimerCallback callback, object state, TimeSpan dueTime, bool isCoarse) =>
        Clock.CreateTimer(callback, state, dueTime, Timeout.InfiniteTimeSpan);

    public long NextQueueNumber() => ++_queues;

    public void Schedule(TurnQueue queue) => _runnable.Add(queue);

    public void CheckThread()
    {
        if (Environment.CurrentManagedThreadId == _threadId)
            return;
        var violation = new InvalidOperationException(
            $"thread {Environment.CurrentManagedThreadId} queued work in a simulation that belongs to thread {_threadId}: "
            + "something awaited with ConfigureAwait(false), used Task.Run or real time or real I/O\n" + Environment.StackTrace);
        Interlocked.CompareExchange(ref _violation, violation, null);
        throw violation;
    }

    public void Await(Call call, TimeSpan timeout) => _pending.Add(call, timeout, NowTicks);

    public void Send(Call call)
    {
        CheckThread();
        Record(JournalEntry.Send, call.Caller?.Number ?? 0, call.Method.StableId);
        if (_misfortunes.Chance(_faults.MessageLoss))
        {
            Record(JournalEntry.LostRequest, call.Caller?.Number ?? 0, call.Method.StableId);
            return;
        }

        // The copy is taken before the call runs, so that it shares nothing but the arguments.
        var copy = call.MayBeDoubled && _misfortunes.Chance(_faults.MessageDoubling) ? call.Duplicate() : null;
        Travel(EventKind.Request, call);
        if (copy is null)
            return;
        Record(JournalEntry.Doubled, call.Caller?.Number ?? 0, call.Method.StableId);
        Travel(EventKind.Request, copy);
    }

    public void Answer(Call call)
    {
        if (call.IsDuplicate || call.Method.IsOneWay)
            return;
        if (_misfortunes.Chance(_faults.MessageLoss))
            Record(JournalEntry.LostAnswer, call.Callee?.Number ?? 0, call.Method.StableId);
        else
            Travel(EventKind.Answer, call);
    }

    public long ScheduleTimer(TimeSpan dueTime, SimulatedTimer timer)
    {
        CheckThread();
        return _events.Add(NowTicks + Math.Max(0, dueTime.Ticks), EventKind.Timer, 0, timer);
    }

    public void ScheduleAction(TimeSpan dueTime, Action action)
    {
        CheckThread();
        _events.Add(NowTicks + dueTime.Ticks, EventKind.Action, 0, action);
    }

    public void Record(JournalEntry entry, long subject, long detail = 0) => _journal.Write(entry, NowTicks, subject, detail);

    /// <summary>Everybody who waits for an answer of the silo hears that it is gone. Its messages on their way are lost by its epoch.</summary>
    public void Lose(Silo silo) => _pending.FailAllOf(silo, Silo.Gone);

    /// <summary>Runs one turn, or lets the next event happen, unless that lies after the limit.</summary>
    public bool TryStep(long untilTicks)
    {
        CheckThread();
        if (_violation is not null)
            throw new InvalidOperationException("the run is void", _violation);
        if (_runnable.Count > 0)
            RunTurn();
        else if (!TryAdvance(untilTicks))
            return false;
        EventCount++;
        return true;
    }

    /// <summary>Lets time pass to the limit, which lies before the next event.</summary>
    public void AdvanceTo(long ticks) => NowTicks = Math.Max(NowTicks, ticks);

    private void RunTurn()
    {
        var index = _choices.Next(_runnable.Count);
        var queue = _runnable[index];
        _runnable[index] = _runnable[^1];
        _runnable.RemoveAt(_runnable.Count - 1);
        Record(JournalEntry.Turn, queue.Number, index);
        queue.Run(1);
    }

    private bool TryAdvance(long untilTicks)
    {
        var deadline = _pending.EarliestDeadlineTicks;
        var next = Math.Min(_events.EarliestTicks, deadline);
        if (next == long.MaxValue || next > untilTicks)
            return false;
        NowTicks = next;
        if (deadline <= _events.EarliestTicks)
            Expire();
        else
            Happen(_events.Take());
        return true;
    }

    private void Expire() => _pending.Expire(NowTicks, call =>
    {
        Record(JournalEntry.TimedOut, call.Caller?.Number ?? 0, call.Method.StableId);
        return Silo.TimedOut(call);
    });

    private void Happen(in ScheduledEvent scheduled)
    {
        switch (scheduled.Kind)
        {
            case EventKind.Request when scheduled.Epoch == EpochOf(scheduled.Payload):
                Arrive((Call)scheduled.Payload);
                break;
            case EventKind.Answer when scheduled.Epoch == EpochOf(scheduled.Payload):
                Deliver((Call)scheduled.Payload);
                break;
            case EventKind.Timer when ((SimulatedTimer)scheduled.Payload).IsArmedAs(scheduled.Order):
                Record(JournalEntry.Timer, scheduled.Order);
                ((SimulatedTimer)scheduled.Payload).Fire();
                break;
            case EventKind.Action:
                ((Action)scheduled.Payload)();
                break;
            default:
                break;
        }
    }

    private static int EpochOf(object call) => ((Call)call).Reference.Target.Silo.Epoch;

    private void Arrive(Call call)
    {
        call.Reference.Target.Silo.Receive(call);
        Record(JournalEntry.Deliver, call.Reference.LastCallee?.Number ?? 0, call.Method.StableId);
    }

    private void Deliver(Call call)
    {
        Record(JournalEntry.Answer, call.Caller?.Number ?? 0, call.Method.StableId);
        call.Pending.List?.Remove(call);
        call.Deliver();
    }

    private void Travel(EventKind kind, Call call)
    {
        var latency = _misfortunes.Between(_faults.MessageLatencyMin, _faults.MessageLatencyMax);
        _events.Add(NowTicks + latency.Ticks, kind, EpochOf(call), call);
    }
}
