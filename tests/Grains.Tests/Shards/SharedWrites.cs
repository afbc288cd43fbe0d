namespace Grid.Tests.Grains.Shards;

public sealed class SharedWrites
{
    private readonly Queue<TaskCompletionSource> _writes = new();
    private readonly SharedWrite _shared;

    public SharedWrites() => _shared = new SharedWrite(() =>
    {
        var write = new TaskCompletionSource();
        _writes.Enqueue(write);
        return write.Task;
    });

    [Fact]
    public async Task Callers_who_come_during_a_write_share_the_next_one()
    {
        var first = _shared.Completed();
        var others = Enumerable.Range(0, 100).Select(_ => _shared.Completed()).ToArray();
        Assert.Single(_writes);

        _writes.Dequeue().SetResult();
        await first;
        Assert.All(others, other => Assert.False(other.IsCompleted));
        Assert.Single(_writes);

        _writes.Dequeue().SetResult();
        await Task.WhenAll(others);
        Assert.Empty(_writes);
    }

    [Fact]
    public async Task A_caller_waits_for_a_write_that_started_after_it()
    {
        var first = _shared.Completed();
        _writes.Dequeue().SetResult();
        await first;

        var second = _shared.Completed();
        Assert.False(second.IsCompleted);
        _writes.Dequeue().SetResult();
        await second;
    }

    [Fact]
    public async Task A_failed_write_fails_its_callers_and_everybody_after()
    {
        var first = _shared.Completed();
        var second = _shared.Completed();
        _writes.Dequeue().SetException(new IOException("the disk is full"));

        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        await Assert.ThrowsAsync<IOException>(_shared.Completed);
        Assert.Empty(_writes);
    }

    [Fact]
    public async Task A_write_that_throws_at_once_fails_its_caller()
    {
        var shared = new SharedWrite(static () => throw new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(shared.Completed);
    }
}
