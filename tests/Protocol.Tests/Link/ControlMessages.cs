using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Protocol.Link;

public sealed class ControlMessages
{
    [Fact]
    public async Task Messages_arrive_in_order_whatever_their_size()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var sizes = new[] { 0, 1, Limits.MaxFrameDataBytes - 1, Limits.MaxFrameDataBytes, 5 * Limits.MaxFrameDataBytes, Limits.MaxControlMessageBytes - 100 };
        var sending = SendAsync(pair.Node, sizes);

        var received = new List<int>();
        await foreach (var message in pair.Operator.ReadControlAsync())
        {
            received.Add(((Refused)message).Message.Length);
            if (received.Count == sizes.Length) break;
        }

        await sending;
        Assert.Equal(sizes, received);
    }

    [Fact]
    public async Task A_message_too_large_is_refused_before_it_is_sent()
    {
        await using var pair = await LinkPair.ConnectAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => pair.Node.SendControlAsync(MessageOf(Limits.MaxControlMessageBytes)).AsTask());

        Assert.False(pair.Node.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_sender_waits_for_a_peer_that_does_not_read_and_goes_on_when_it_does()
    {
        await using var pair = await LinkPair.ConnectAsync();
        var message = MessageOf(Limits.MaxControlMessageBytes - 100);
        await pair.Node.SendControlAsync(message);
        await pair.Node.SendControlAsync(message);

        var third = pair.Node.SendControlAsync(message).AsTask();
        Assert.False(third.IsCompleted);
        await LinkPair.FirstAsync(pair.Operator.ReadControlAsync());
        await LinkPair.FirstAsync(pair.Operator.ReadControlAsync());

        await third.WaitAsync(LinkPair.Deadline);
    }

    [Fact]
    public async Task A_heartbeat_overtakes_a_flood_of_logs_and_waits_for_one_frame_at_most()
    {
        const int floods = 32;
        GatedPipe? gate = null;
        await using var pair = await LinkPair.ConnectAsync(pipe => gate = new GatedPipe(pipe));
        var streams = Enumerable.Range(0, floods).Select(_ => pair.Node.OpenStream(new LogsPurpose(default, "s", 0, 0, true))).ToList();
        // The opening frames are out before the gate closes.
        await pair.Node.SendControlAsync(new Heartbeat(0, []));
        await LinkPair.FirstAsync(pair.Operator.ReadControlAsync());
        gate!.Gate();
        var writes = streams.Select(stream => stream.WriteAsync(new byte[Limits.StreamWindowBytes]).AsTask()).ToList();
        await gate.Blocked.Task.WaitAsync(LinkPair.Deadline);

        await pair.Node.SendControlAsync(new Heartbeat(1, []));
        gate.Release(int.MaxValue / 2);
        await LinkPair.FirstAsync(pair.Operator.ReadControlAsync());

        await Task.WhenAll(writes).WaitAsync(LinkPair.Deadline);
        Assert.Equal(1, gate.SentStreams.IndexOf(0));
    }

    [Fact]
    public async Task Streams_take_turns()
    {
        const int floods = 8;
        GatedPipe? gate = null;
        await using var pair = await LinkPair.ConnectAsync(pipe => gate = new GatedPipe(pipe));
        var streams = Enumerable.Range(0, floods).Select(_ => pair.Node.OpenStream(new LogsPurpose(default, "s", 0, 0, true))).ToList();
        await pair.Node.SendControlAsync(new Heartbeat(1, []));
        await LinkPair.FirstAsync(pair.Operator.ReadControlAsync());
        gate!.Gate();
        var writes = streams.Select(stream => stream.WriteAsync(new byte[4 * Limits.MaxFrameDataBytes]).AsTask()).ToList();
        await gate.Blocked.Task.WaitAsync(LinkPair.Deadline);
        gate.Release(4 * floods);
        await Task.WhenAll(writes).WaitAsync(LinkPair.Deadline);

        Assert.Equal(4 * floods, gate.SentStreams.Count);
        Assert.Equal(floods, gate.SentStreams.Take(floods).Distinct().Count());
        gate.Release(1);
    }

    [Fact]
    public async Task Closing_says_why_and_ends_what_is_read()
    {
        await using var pair = await LinkPair.ConnectAsync();
        await pair.Operator.SendControlAsync(new Refused(SessionRefusalCode.Busy, "too many", 5000));

        await pair.Operator.CloseAsync("refused: busy");

        var closed = await pair.Node.Closed.WaitAsync(LinkPair.Deadline);
        Assert.Equal(new LinkClosed(LinkCloseReason.PeerClosed, "refused: busy"), closed);
        Assert.Equal(LinkCloseReason.LocalClosed, (await pair.Operator.Closed).Reason);
        var read = new List<ControlMessage>();
        await foreach (var message in pair.Node.ReadControlAsync()) read.Add(message);
        Assert.Equal(5000, Assert.IsType<Refused>(Assert.Single(read)).RetryAfterMs);
        await Assert.ThrowsAsync<LinkException>(() => pair.Node.SendControlAsync(new Heartbeat(1, [])).AsTask());
    }

    private static async Task SendAsync(LinkConnection link, int[] sizes)
    {
        foreach (var size in sizes) await link.SendControlAsync(MessageOf(size));
    }

    private static Refused MessageOf(int sizeBytes) => new(SessionRefusalCode.Busy, new string('x', sizeBytes), 0);
}
