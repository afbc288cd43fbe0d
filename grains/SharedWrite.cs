namespace Grid;

/// <summary>
/// Lets the callers of a reentrant grain that wait at the same time share one durable write. Each caller changes the grain's pending state in its own
/// turn, then waits here; the write that starts after that turn carries the change.
/// </summary>
/// <param name="write">Stores all that is pending at the moment when it is called. Once it has failed, it is not called again.</param>
public sealed class SharedWrite(Func<Task> write)
{
    private TaskCompletionSource? _waiting;
    private bool _isWriting;
    private Exception? _failure;

    /// <summary>Completes when a write that started after this call is durable; fails as that write failed.</summary>
    public Task Completed()
    {
        if (_failure is not null) return Task.FromException(_failure);
        _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = _waiting.Task;
        if (!_isWriting) _ = WriteWhileWanted();
        return mine;
    }

    private async Task WriteWhileWanted()
    {
        _isWriting = true;
        while (_waiting is { } batch)
        {
            _waiting = null;
            await WriteOnce(batch);
        }

        _isWriting = false;
    }

    private async Task WriteOnce(TaskCompletionSource batch)
    {
        try
        {
            // A change that was refused must not ride along with a later write.
            if (_failure is null) await write();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }

        if (_failure is null) batch.SetResult();
        else batch.SetException(_failure);
    }
}
