using Grid.Protocol;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Protocol.Link;

public sealed class Streams
{
    private static readonly StreamPurpose s_purpose = new RelayPurpose(default, "web", 80);

    [Fact]
    public async Task A_stream_says_what_it_is_for()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var purpose = new LogsPurpose(new LeaseId(default), "web", 2, 4096, Follow: true);

        var (opened, accepted) = await pair.OpenStreamAsync(purpose);

        Assert.Equal(purpose, accepted.Purpose);
        Assert.Equal(opened.Id, accepted.Id);
    }

    [Fact]
    public async Task Each_direction_ends_by_itself()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);

        await left.WriteAsync("question"u8.ToArray());
        await left.CompleteWritesAsync();
        Assert.Equal("question"u8.ToArray(), await ReadAllAsync(right));
        await right.WriteAsync("answer"u8.ToArray());
        await right.CompleteWritesAsync();
        Assert.Equal("answer"u8.ToArray(), await ReadAllAsync(left));
    }

    [Fact]
    public async Task A_writer_waits_for_its_reader_and_no_longer()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        await left.WriteAsync(new byte[Limits.StreamWindowBytes]);

        var oneMore = left.WriteAsync(new byte[1]).AsTask();
        Assert.False(oneMore.IsCompleted);
        await right.ReadExactlyAsync(new byte[Limits.StreamWindowBytes / 2]);

        await oneMore.WaitAsync(LinkPair.Deadline);
    }

    [Fact]
    public async Task A_waiting_write_can_be_cancelled_and_the_stream_goes_on()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        await left.WriteAsync(new byte[Limits.StreamWindowBytes]);
        using var cancel = new CancellationTokenSource();
        var waiting = left.WriteAsync(new byte[] { 1 }, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await right.ReadExactlyAsync(new byte[Limits.StreamWindowBytes]);
        await left.WriteAsync(new byte[] { 2 });
        Assert.Equal(2, (await ReadSomeAsync(right))[0]);
    }

    [Fact]
    public async Task An_abort_reaches_reader_and_writer_of_the_other_end()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        var reading = right.ReadAsync(new byte[1]).AsTask();

        left.Abort("the workload is gone");

        var aborted = await Assert.ThrowsAsync<LinkStreamAbortedException>(() => reading.WaitAsync(LinkPair.Deadline));
        Assert.Contains("the workload is gone", aborted.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LinkStreamAbortedException>(() => right.WriteAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task Letting_go_of_an_incomplete_stream_aborts_it_so_that_what_was_cut_off_never_looks_complete()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        await left.WriteAsync(new byte[10]);

        await left.DisposeAsync();

        await Assert.ThrowsAsync<LinkStreamAbortedException>(() => ReadAllAsync(right));
    }

    [Fact]
    public async Task What_was_written_and_completed_arrives_after_its_writer_let_go()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        await left.WriteAsync(new byte[1000]);
        await left.CompleteWritesAsync();

        await left.DisposeAsync();

        Assert.Equal(1000, (await ReadAllAsync(right)).Length);
    }

    [Fact]
    public async Task A_writer_is_not_held_up_by_an_end_that_let_go()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        await left.WriteAsync(new byte[Limits.StreamWindowBytes]);
        await right.CompleteWritesAsync();
        await right.DisposeAsync();

        await left.WriteAsync(new byte[4 * Limits.StreamWindowBytes]).AsTask().WaitAsync(LinkPair.Deadline);
    }

    [Fact]
    public async Task Finished_streams_make_room_for_others()
    {
        await using var pair = await LinkPair.ConnectAsync();
        for (var i = 0; i < 2 * Limits.MaxOpenStreamsPerSide; i++)
        {
            var (left, right) = await pair.OpenStreamAsync(s_purpose);
            await left.CompleteWritesAsync();
            await right.CompleteWritesAsync();
            Assert.Empty(await ReadAllAsync(left));
            Assert.Empty(await ReadAllAsync(right));
        }
    }

    [Fact]
    public async Task Opening_too_many_streams_is_refused_at_once()
    {
        await using var pair = await LinkPair.ConnectAsync();
        for (var i = 0; i < Limits.MaxOpenStreamsPerSide; i++) pair.Operator.OpenStream(s_purpose);

        Assert.Throws<LinkException>(() => pair.Operator.OpenStream(s_purpose));
    }

    [Fact]
    public async Task A_closed_link_fails_whoever_waits_on_its_streams()
    {
        var pair = await LinkPair.ConnectAsync();
        var (left, right) = await pair.OpenStreamAsync(s_purpose);
        var reading = left.ReadAsync(new byte[1]).AsTask();
        await left.WriteAsync(new byte[Limits.StreamWindowBytes]);
        var writing = left.WriteAsync(new byte[1]).AsTask();

        await pair.DisposeAsync();

        await Assert.ThrowsAsync<LinkException>(() => writing.WaitAsync(LinkPair.Deadline));
        await Assert.ThrowsAsync<LinkException>(() => reading.WaitAsync(LinkPair.Deadline));
        await Assert.ThrowsAsync<LinkException>(() => ReadAllAsync(right));
    }

    public static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy).WaitAsync(LinkPair.Deadline);
        return copy.ToArray();
    }

    private static async Task<byte[]> ReadSomeAsync(Stream stream)
    {
        var buffer = new byte[100];
        return buffer[..await stream.ReadAsync(buffer)];
    }
}
