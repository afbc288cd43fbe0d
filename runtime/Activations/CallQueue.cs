namespace Grid.Runtime.Activations;

/// <summary>Runs one request at a time to its end, except those that may interleave.</summary>
internal abstract class CallQueue(IHost host) : TurnQueue(host)
{
    private readonly LinkedList<Request> _deferred = new();
    private int _deferredInterleaving;
    private Request? _blocking;

    /// <summary>The object whose methods are called.</summary>
    public abstract object Target { get; }

    public abstract Orleans.IIncomingGrainCallFilter[] Filters { get; }

    /// <summary>Whether requests may start; until then they wait.</summary>
    protected abstract bool IsOpen { get; }

    /// <summary>Whether every request may interleave with every other.</summary>
    protected virtual bool IsReentrant => false;

    protected int RunningCount { get; private set; }

    protected bool IsIdle => RunningCount == 0 && _deferred.Count == 0;

    protected override int DeferredCount => _deferred.Count;

    protected override bool HasStartableDeferred => FirstStartable() is not null;

    public void End(Request request, Exception? error)
    {
        RunningCount--;
        if (ReferenceEquals(_blocking, request))
            _blocking = null;
        request.Ended(error);
        OnEnded(request, error);
    }

    protected virtual void OnEnded(Request request, Exception? error)
    {
    }

    protected override void Start(Request request)
    {
        if (request.IsAbandoned)
            return;
        if (!MayStart(request))
        {
            Defer(request);
            return;
        }

        RunningCount++;
        if (!IsReentrant && !request.Interleaves)
            _blocking = request;
        request.Start(this);
    }

    protected override bool TryTakeDeferred(out Request request)
    {
        var node = FirstStartable();
        request = node?.Value!;
        if (node is null)
            return false;
        _deferred.Remove(node);
        if (request.Interleaves)
            _deferredInterleaving--;
        return true;
    }

    /// <summary>Ends this queue for requests and returns all that have not started, in their order.</summary>
    protected List<Request> CloseAndTakeAll()
    {
        List<Request> requests = [.. _deferred, .. Close()];
        _deferred.Clear();
        _deferredInterleaving = 0;
        return requests;
    }

    private bool MayStart(Request request) => IsOpen && (_blocking is null || IsReentrant || request.Interleaves);

    private void Defer(Request request)
    {
        _deferred.AddLast(request);
        if (request.Interleaves)
            _deferredInterleaving++;
    }

    private LinkedListNode<Request>? FirstStartable()
    {
        var node = _deferred.First;
        if (node is null || MayStart(node.Value))
            return node;
        if (_deferredInterleaving == 0 || !IsOpen)
            return null;
        while (node is not null && !MayStart(node.Value))
            node = node.Next;
        return node;
    }
}
