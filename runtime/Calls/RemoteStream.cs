using Grid.Runtime.Activations;
using Orleans.Runtime;

namespace Grid.Runtime.Calls;

/// <summary>The arguments of a method that returns a sequence.</summary>
internal abstract class StreamSource<T>
{
    public abstract IAsyncEnumerable<T> Open(object target);
}

/// <summary>A sequence that a grain produces: every step is a call that may interleave with others, all on one activation.</summary>
internal sealed class RemoteStream<T>(GrainReference reference, StreamSource<T> source, GrainMethod method) : IAsyncEnumerable<T>
{
    private readonly GrainMethod _step = method.AsStep();

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new RemoteEnumerator<T>(reference, _step, new StreamSession<T>(source, cancellationToken));
}

/// <summary>The caller's end of one enumeration.</summary>
internal sealed class RemoteEnumerator<T>(GrainReference reference, GrainMethod step, StreamSession<T> session) : IAsyncEnumerator<T>
{
    private bool _hasStarted;
    private bool _hasEnded;

    public T Current { get; private set; } = default!;

    public async ValueTask<bool> MoveNextAsync()
    {
        if (_hasEnded)
            return false;
        session.CancellationToken.ThrowIfCancellationRequested();
        _hasStarted = true;
        var (hasNext, item) = await SendAsync(new MoveNextCall<T>(session));
        Current = item;
        _hasEnded = !hasNext;
        return hasNext;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_hasStarted || _hasEnded)
            return;
        _hasEnded = true;
        await SendAsync(new EndStreamCall<T>(session));
    }

    private Task<TResult> SendAsync<TResult>(Call<TResult> call)
    {
        call.Address(reference, step);
        return reference.Target.Silo.Send(call);
    }
}

/// <summary>The grain's end of one enumeration; used on turns of one activation only.</summary>
internal sealed class StreamSession<T>(StreamSource<T> source, CancellationToken cancellationToken)
{
    private IAsyncEnumerator<T>? _enumerator;
    private CallQueue? _owner;

    public CancellationToken CancellationToken => cancellationToken;

    public async ValueTask<(bool HasNext, T Item)> MoveNextAsync(CallQueue callee)
    {
        _owner ??= callee;
        if (!ReferenceEquals(_owner, callee))
            throw new EnumerationAbortedException("the activation that produced this sequence has ended; enumerate again");
        _enumerator ??= source.Open(callee.Target).GetAsyncEnumerator(cancellationToken);
        var hasNext = await _enumerator.MoveNextAsync();
        if (hasNext)
            return (true, _enumerator.Current);
        await _enumerator.DisposeAsync();
        return (false, default!);
    }

    public async ValueTask<Nothing> EndAsync(CallQueue callee)
    {
        if (_enumerator is not null && ReferenceEquals(_owner, callee))
            await _enumerator.DisposeAsync();
        return default;
    }
}

internal sealed class MoveNextCall<T>(StreamSession<T> session) : Call<(bool HasNext, T Item)>
{
    // A step that ran twice would lose an item, which no transport that numbers its steps does.
    public override bool MayBeDoubled => false;

    public override ValueTask<(bool HasNext, T Item)> Invoke(object target) => session.MoveNextAsync(Callee!);
}

internal sealed class EndStreamCall<T>(StreamSession<T> session) : Call<Nothing>
{
    public override ValueTask<Nothing> Invoke(object target) => session.EndAsync(Callee!);
}
