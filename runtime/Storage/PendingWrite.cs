namespace Grid.Runtime.Storage;

/// <summary>One caller's change, waiting to share a transaction.</summary>
internal abstract class PendingWrite
{
    /// <summary>What this write counts for against the limits of the queue and of a batch.</summary>
    public virtual int PayloadBytes => 0;

    /// <summary>Changes rows inside the open transaction. A refusal of this write alone (an ETag conflict) is remembered, not thrown.</summary>
    public abstract void Apply(Writer writer);

    /// <summary>The transaction is durable.</summary>
    public abstract void Acknowledge();

    public abstract void Fail(StoreException reason);
}

/// <typeparam name="TResult">What the caller learns once its transaction is durable.</typeparam>
internal abstract class PendingWrite<TResult> : PendingWrite
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public Task<TResult> Done => _done.Task;

    public sealed override void Apply(Writer writer) => _result = Change(writer);

    public sealed override void Acknowledge() => _done.SetResult(_result);

    public sealed override void Fail(StoreException reason) => _done.SetException(reason);

    protected abstract TResult Change(Writer writer);
}
