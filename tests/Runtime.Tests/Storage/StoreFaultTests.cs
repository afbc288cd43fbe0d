using Grid.Runtime.Storage;
using Orleans.Storage;

namespace Grid.Tests.Runtime.Storage;

public sealed class StoreFaultTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly CommitFault _fault = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_failed_flush_is_never_acknowledged()
    {
        using var store = _folder.Open(_fault.Through);
        _fault.Arm(CommitFault.Mode.BeforeFlush);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => store.WriteNew("a", 1));

        Assert.False((await store.Read("a")).RecordExists);
        Assert.Equal(0, store.Counters.RowsWritten);
    }

    [Fact]
    public async Task An_answer_lost_after_the_flush_is_found_by_reading_again()
    {
        using var store = _folder.Open(_fault.Through);
        _fault.Arm(CommitFault.Mode.AfterFlush);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => store.WriteNew("a", 1));

        var reloaded = await store.Read("a");
        Assert.True(reloaded.RecordExists);
        await store.Storage().WriteStateAsync("sample", StoredSamples.Id("a"), reloaded);
    }

    [Fact]
    public async Task Every_write_of_a_broken_batch_learns_that_its_outcome_is_unknown()
    {
        using var held = new HeldCommit();
        using var store = _folder.Open(commit => held.Through(() => _fault.Through(commit)));
        held.HoldNext();
        var before = store.WriteNew("before", 1);
        held.WaitUntilHeld();
        var sharing = Enumerable.Range(0, 20).Select(i => store.WriteNew("k" + i, i)).ToArray();
        _fault.Arm(CommitFault.Mode.BeforeFlush, after: 1);
        held.Release();

        await before;
        foreach (var write in sharing) await Assert.ThrowsAsync<OutcomeUnknownException>(() => write);
        for (var i = 0; i < sharing.Length; i++) Assert.False((await store.Read("k" + i)).RecordExists);
        Assert.True((await store.Read("before")).RecordExists);
    }

    [Fact]
    public async Task While_the_disk_does_not_work_writes_and_reads_are_refused_and_afterwards_it_recovers_by_itself()
    {
        using var store = _folder.Open(_fault.Through);
        await store.WriteNew("a", 1);
        _fault.Arm(CommitFault.Mode.BeforeFlush, times: 4);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => store.WriteNew("b", 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteNew("b", 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Read("a"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteNew("b", 1));

        await store.WriteNew("b", 2);
        Assert.Equal(1, (await store.Read("a")).State!.Number);
        Assert.Equal(2, (await store.Read("b")).State!.Number);
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_definitely_keeps_what_was_acknowledged_and_takes_writes_again_once_there_is_room()
    {
        using var store = _folder.Open(maxSizeMib: 1);
        var written = new List<string>();
        var text = new string('x', 50_000);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await store.WriteNew("k" + i, i, text);
                written.Add("k" + i);
            }
        });

        Assert.NotEmpty(written);
        Assert.False((await store.Read("k" + written.Count)).RecordExists);
        foreach (var key in written) Assert.Equal(text, (await store.Read(key)).State!.Text);

        await store.Storage().ClearStateAsync("sample", StoredSamples.Id("k0"), await store.Read("k0"));
        await store.WriteNew("again", 1, text);
        Assert.True((await store.Read("again")).RecordExists);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(4_000)]
    public async Task A_torn_tail_of_the_log_is_cut_off_and_what_came_before_is_there(int tornBytes)
    {
        using var copy = new StoreFolder();
        using (var store = _folder.Open())
        {
            for (var i = 0; i < 10; i++) await store.WriteNew("k" + i, i);
            File.Copy(_folder.StorePath, copy.StorePath);
            File.Copy(_folder.StorePath + "-wal", copy.StorePath + "-wal");
        }
        using (var log = File.OpenWrite(copy.StorePath + "-wal")) log.SetLength(log.Length - tornBytes);

        using var torn = copy.Open();

        for (var i = 0; i < 9; i++) Assert.Equal(i, (await torn.Read("k" + i)).State!.Number);
        Assert.False((await torn.Read("k9")).RecordExists);
    }

    [Fact]
    public async Task A_corrupt_page_is_reported_and_never_answered_as_data()
    {
        using (var store = _folder.Open())
            for (var i = 0; i < 200; i++) await store.WriteNew("k" + i, i, new string('x', 500));
        var bytes = await File.ReadAllBytesAsync(_folder.StorePath);
        bytes.AsSpan(4096).Fill(0xA5);
        await File.WriteAllBytesAsync(_folder.StorePath, bytes);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            using var store = _folder.Open();
            await store.Read("k5");
        });
    }

    [Fact]
    public async Task One_conflict_in_a_shared_transaction_fails_one_caller()
    {
        using var held = new HeldCommit();
        using var store = _folder.Open(held.Through);
        await store.WriteNew("taken", 1);
        held.HoldNext();
        var before = store.WriteNew("before", 1);
        held.WaitUntilHeld();
        var sharing = Enumerable.Range(0, 50).Select(i => store.WriteNew("k" + i, i)).ToArray();
        var loser = store.WriteNew("taken", 2);
        held.Release();

        await Task.WhenAll([before, .. sharing]);
        await Assert.ThrowsAsync<InconsistentStateException>(() => loser);
        Assert.Equal(1, (await store.Read("taken")).State!.Number);
        Assert.Equal(52, store.Counters.RowsWritten);
        Assert.Equal(3, store.Counters.Transactions);
    }

    [Fact]
    public async Task More_writes_than_the_queue_holds_are_refused_at_once_and_the_rest_become_durable()
    {
        using var held = new HeldCommit();
        using var store = _folder.Open(held.Through);
        held.HoldNext();
        var before = store.WriteNew("before", 1);
        held.WaitUntilHeld();

        var writes = Enumerable.Range(0, 16_500).Select(i => store.WriteNew("k" + i, i)).ToArray();
        var refused = writes.Where(write => write.IsFaulted).ToArray();
        held.Release();

        Assert.Equal(16_500 - 16_384, refused.Length);
        Assert.All(refused, write => Assert.IsType<StoreBusyException>(write.Exception!.InnerException));
        await Task.WhenAll(writes.Except(refused).Append(before));
        Assert.Equal(16_385, store.Counters.RowsWritten);
    }

    [Fact]
    public async Task A_state_larger_than_the_limit_is_refused_with_both_sizes()
    {
        using var store = _folder.Open();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => store.WriteNew("big", 1, new string('x', 1_100_000)));

        Assert.Contains("1048576", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_store_finishes_what_waits_and_refuses_the_rest()
    {
        var store = _folder.Open();
        var writes = Enumerable.Range(0, 100).Select(i => store.WriteNew("k" + i, i)).ToArray();

        store.Dispose();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteNew("late", 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Read("k1"));
        using var again = _folder.Open();
        Assert.Equal(99, (await again.Read("k99")).State!.Number);
    }
}
