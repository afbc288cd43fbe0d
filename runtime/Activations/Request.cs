namespace Grid.Runtime.Activations;

/// <summary>Something a <see cref="CallQueue"/> runs to its end before it starts the next: a grain call or the tick of a timer.</summary>
internal abstract class Request
{
    private Task? _work;

    /// <summary>Whether it may run while others are under way.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>Whether nobody waits for it any more, so that it need not start.</summary>
    public virtual bool IsAbandoned => false;

    public CallQueue? Callee { get; private set; }

    public void Start(CallQueue callee)
    {
        Callee = callee;
        var work = Run();
        if (work.IsCompleted)
        {
            callee.End(this, ErrorOf(work));
            return;
        }

        _work = work;
        work.GetAwaiter().UnsafeOnCompleted(EndLater);
    }

    /// <summary>Tells whoever waits that the request has ended. On a turn of the callee.</summary>
    public abstract void Ended(Exception? error);

    protected abstract Task RunAsync();

    private Task Run()
    {
        try
        {
            return RunAsync();
        }
        catch (Exception error)
        {
            return Task.FromException(error);
        }
    }

    private void EndLater() => Callee!.End(this, ErrorOf(_work!));

    private static Exception? ErrorOf(Task work)
    {
        if (work.IsCompletedSuccessfully)
            return null;
        return work.Exception?.InnerException ?? new TaskCanceledException(work);
    }
}
