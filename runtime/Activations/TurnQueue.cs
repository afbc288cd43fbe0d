namespace Grid.Runtime.Activations;

/// <summary>
/// Runs turns one at a time, in order. It is the task scheduler of its turns, so whatever they await comes back here.
/// </summary>
internal abstract class TurnQueue : TaskScheduler, IThreadPoolWorkItem
{
    private static readonly Action<object?> RunCurrentRequest = static state => ((TurnQueue)state!).RunRequest();

    private readonly Lock _gate = new();
    private readonly Queue<object> _ready = new();
    private int _readyRequests;
    private bool _isScheduled;
    private bool _refusesRequests;
    private bool _isDead;
    private Request? _current;

    protected TurnQueue(IHost host)
    {
        Host = host;
        Number = host.NextQueueNumber();
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
            _ready.Enqueue(request);
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

    void IThreadPoolWorkItem.Execute() => Run(Limits.TurnsPerSlice);

    public void Run(int turnsMax)
    {
        for (var turns = 0; turns < turnsMax && TryTake(out var turn); turns++)
            Run(turn);
        if (HasMore())
            Host.Schedule(this);
    }

    /// <summary>Refuses requests from now on and returns those that it still had.</summary>
    protected List<Request> Close()
    {
        lock (_gate)
        {
            _refusesRequests = true;
            var requests = _ready.OfType<Request>().ToList();
            var tasks = _ready.OfType<Task>().ToList();
            _ready.Clear();
            _readyRequests = 0;
            tasks.ForEach(_ready.Enqueue);
            return requests;
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

    protected override void QueueTask(Task task)
    {
        Host.CheckThread();
        lock (_gate)
        {
            if (_isDead)
                return;
            _ready.Enqueue(task);
            if (_isScheduled)
                return;
            _isScheduled = true;
        }

        Host.Schedule(this);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (ReferenceEquals(task.AsyncState, this) || (!taskWasPreviouslyQueued && IsCurrent)) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _ready.OfType<Task>()];
    }

    private bool TryTake(out object turn)
    {
        if (TryTakeDeferred(out var request))
        {
            turn = request;
            return true;
        }

        lock (_gate)
        {
            if (!_ready.TryDequeue(out turn!))
                return false;
            if (turn is Request)
                _readyRequests--;
            return true;
        }
    }

    private bool HasMore()
    {
        lock (_gate)
            return _isScheduled = !_isDead && (_ready.Count > 0 || HasStartableDeferred);
    }

    private void Run(object turn)
    {
        if (turn is Task task)
        {
            TryExecuteTask(task);
            return;
        }

        _current = (Request)turn;
        // Only inside a task of its own is a scheduler the current one, which is what awaits capture.
        new Task(RunCurrentRequest, this).RunSynchronously(this);
    }

    private void RunRequest()
    {
        var request = _current!;
        _current = null;
        Start(request);
    }
}
