using System.Runtime.ExceptionServices;

namespace Grid.Runtime.Activations;

/// <summary>
/// Runs turns one at a time, in order. It is the task scheduler of its turns and gives them a synchronization context, so whatever
/// they await comes back here: by the context, which costs an await no task of its own.
/// </summary>
internal abstract class TurnQueue : TaskScheduler, IThreadPoolWorkItem
{
    private static readonly Action<object?> RunSlice = static state => ((TurnQueue)state!).RunTurns();

    private readonly Lock _gate = new();
    private readonly Queue<Turn> _ready = new();
    private readonly TurnContext _context;
    private int _readyRequests;
    private bool _isScheduled;
    private bool _refusesRequests;
    private bool _isDead;
    private int _turnsLeft;

    protected TurnQueue(IHost host)
    {
        Host = host;
        Number = host.NextQueueNumber();
        _context = new TurnContext(this);
    }

    public long Number { get; }

    public override int MaximumConcurrencyLevel => 1;

    protected IHost Host { get; }

    protected bool IsCurrent => ReferenceEquals(Current, this);

    /// <summary>How many requests wait beyond those in the queue itself.</summary>
    protected virtual int DeferredCount => 0;

    /// <returns>False if this queue has ended: ask its successor.</returns>
    /// <exception cref="Orleans.Runtime.LimitExceededException">The queue is full.</exception>
    public bool TryPost(Request request)
    {
        Host.CheckThread();
        lock (_gate)
        {
            if (_refusesRequests)
                return false;
            var waiting = _readyRequests + DeferredCount;
            if (waiting >= Limits.WaitingCallsPerActivation)
                throw new Orleans.Runtime.LimitExceededException(nameof(Limits.WaitingCallsPerActivation), waiting, Limits.WaitingCallsPerActivation, this);
            _ready.Enqueue(new Turn(request));
            _readyRequests++;
            if (_isScheduled)
                return true;
            _isScheduled = true;
        }

        Host.Schedule(this);
        return true;
    }

    /// <summary>Runs an action as a turn of its own.</summary>
    public void Post(Action action) => new Task(action).Start(this);

    /// <summary>Queues what an await left to be done.</summary>
    public void Post(SendOrPostCallback callback, object? state) => Add(new Turn(callback, state));

    void IThreadPoolWorkItem.Execute() => Run(Limits.TurnsPerSlice);

    public void Run(int turnsMax)
    {
        _turnsLeft = turnsMax;
        // Only inside a task of its own is a scheduler the current one.
        new Task(RunSlice, this).RunSynchronously(this);
        if (HasMore())
            Host.Schedule(this);
    }

    /// <summary>Refuses requests from now on and returns those that it still had.</summary>
    protected List<Request> Close()
    {
        lock (_gate)
        {
            _refusesRequests = true;
            var turns = _ready.ToList();
            _ready.Clear();
            _readyRequests = 0;
            turns.Where(static turn => turn.Work is not Request).ToList().ForEach(_ready.Enqueue);
            return [.. turns.Select(static turn => turn.Work).OfType<Request>()];
        }
    }

    /// <summary>Nothing that is queued here runs any more, as after a crash.</summary>
    protected void Drop()
    {
        lock (_gate)
        {
            _refusesRequests = _isDead = true;
            _ready.Clear();
        }
    }

    protected abstract void Start(Request request);

    /// <summary>A request that had to wait and may start now.</summary>
    protected virtual bool TryTakeDeferred(out Request request)
    {
        request = null!;
        return false;
    }

    protected virtual bool HasStartableDeferred => false;

    protected override void QueueTask(Task task) => Add(new Turn(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (ReferenceEquals(task.AsyncState, this) || (!taskWasPreviouslyQueued && IsCurrent)) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _ready.Select(static turn => turn.Work).OfType<Task>()];
    }

    private void Add(Turn turn)
    {
        Host.CheckThread();
        lock (_gate)
        {
            if (_isDead)
                return;
            _ready.Enqueue(turn);
            if (_isScheduled)
                return;
            _isScheduled = true;
        }

        Host.Schedule(this);
    }

    private bool TryTake(out Turn turn)
    {
        if (TryTakeDeferred(out var request))
        {
            turn = new Turn(request);
            return true;
        }

        lock (_gate)
        {
            if (!_ready.TryDequeue(out turn))
                return false;
            if (turn.Work is Request)
                _readyRequests--;
            return true;
        }
    }

    private bool HasMore()
    {
        lock (_gate)
            return _isScheduled = !_isDead && (_ready.Count > 0 || HasStartableDeferred);
    }

    private void RunTurns()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        var flow = ExecutionContext.Capture();
        for (; _turnsLeft > 0 && TryTake(out var turn); _turnsLeft--)
        {
            Run(turn);
            // What flows with one turn is nothing to the next.
            if (flow is not null)
                ExecutionContext.Restore(flow);
        }
    }

    private void Run(in Turn turn)
    {
        if (turn.Work is Request request)
            Start(request);
        else if (turn.Work is Task task)
            TryExecuteTask(task);
        else
            GoOn((SendOrPostCallback)turn.Work, turn.State);
    }

    private static void GoOn(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            // Only an async void method throws here: it is nobody's answer, so it ends the process, as without a context.
            ThreadPool.UnsafeQueueUserWorkItem(ExceptionDispatchInfo.Throw, error, preferLocal: false);
        }
    }

    /// <param name="Work">A <see cref="Request"/>, a <see cref="Task"/>, or the callback of an await with its state.</param>
    private readonly record struct Turn(object Work, object? State = null);
}
