namespace Grid.Tests.Runtime.Storage;

/// <summary>Holds one commit of a store until it is released, so that what is queued meanwhile shares the next transaction.</summary>
internal sealed class HeldCommit : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _held = new();
    private readonly ManualResetEventSlim _released = new();
    private volatile bool _holdNext;

    public void HoldNext() => _holdNext = true;

    public void WaitUntilHeld() => Assert.True(_held.Wait(Deadline), "the store did not commit");

    public void Release() => _released.Set();

    public void Through(Action commit)
    {
        if (_holdNext)
        {
            _holdNext = false;
            _held.Set();
            if (!_released.Wait(Deadline)) throw new TimeoutException("the test did not release the commit");
        }
        commit();
    }

    public void Dispose()
    {
        _held.Dispose();
        _released.Dispose();
    }
}
