namespace Grid.Runtime.Calls;

/// <summary>
/// The call of a method whose result is <typeparamref name="T"/>. Its arguments are fields of the class that <see cref="ReferenceEmitter"/> derives.
/// </summary>
internal abstract class Call<T> : Call
{
    private TaskCompletionSource<T>? _answer;
    private Task<T>? _work;
    private T? _result;
    private Exception? _error;

    public sealed override object? Result
    {
        get => _result;
        set => _result = (T?)value;
    }

    /// <summary>The task that the caller awaits; to be asked for before the call is sent, never for a one-way call.</summary>
    public Task<T> ExpectAnswer(TaskCreationOptions options)
    {
        _answer = new TaskCompletionSource<T>(options);
        return _answer.Task;
    }

    public abstract ValueTask<T> Invoke(object target);

    public sealed override void Deliver()
    {
        if (IsDuplicate || _answer is null)
            return;
        if (_error is null)
            _answer.TrySetResult(_result!);
        else
            _answer.TrySetException(_error);
    }

    public sealed override void Fail(Exception error)
    {
        if (!IsDuplicate)
            _answer?.TrySetException(error);
    }

    protected sealed override Task InvokeTargetAsync()
    {
        var result = Invoke(Callee!.Target);
        if (!result.IsCompletedSuccessfully)
            return IsFiltered ? AwaitAsync(result) : _work = result.AsTask();
        _result = result.Result;
        return Task.CompletedTask;
    }

    protected sealed override void SetError(Exception? error)
    {
        _error = error;
        if (error is null && _work is { } work)
            _result = work.Result;
    }

    private async Task AwaitAsync(ValueTask<T> result) => _result = await result;
}
