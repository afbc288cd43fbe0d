using System.Buffers.Binary;
using System.Text;
using Grid.Protocol.Link;
using Grid.Protocol.Link.Messages;

namespace Grid.Tests.Protocol.Link;

public sealed class HostilePeers
{
    private const byte ControlPart = 1, ControlEnd = 2, Open = 3, Data = 4, Credit = 5, End = 6;
    private static readonly byte[] s_heartbeat = """{"type":"heartbeat","sequence":7,"leases":[]}"""u8.ToArray();
    private static readonly byte[] s_relay = Encoding.UTF8.GetBytes($$"""{"type":"relay","lease":"0x{{new string('0', 64)}}","service":"web","port":80}""");

    [Fact]
    public async Task A_peer_written_from_the_readme_is_understood()
    {
        var (node, link) = await RawNode.ConnectAsync();
        await using var _ = node;
        await using var __ = link;
        await node.SendAsync(0, ControlPart, s_heartbeat.AsSpan(0, 10));
        await node.SendAsync(0, ControlEnd, s_heartbeat.AsSpan(10));

        Assert.Equal(7ul, Assert.IsType<Heartbeat>(await LinkPair.FirstAsync(link.ReadControlAsync())).Sequence);
        await node.Pipe.DisposeAsync();
    }

    [Fact]
    public Task A_forged_frame_closes_the_link() => Closes(LinkCloseReason.ForgedFrame, async node =>
    {
        var frame = node.Frame(0, ControlEnd, s_heartbeat);
        frame[20] ^= 1;
        await node.Pipe.SendAsync(frame, default);
    });

    [Fact]
    public Task A_replayed_frame_closes_the_link() => Closes(LinkCloseReason.SequenceBroken, async node =>
    {
        var frame = node.Frame(0, ControlEnd, s_heartbeat);
        await node.Pipe.SendAsync(frame, default);
        await node.Pipe.SendAsync(frame, default);
    });

    [Fact]
    public Task A_frame_left_out_closes_the_link() => Closes(LinkCloseReason.SequenceBroken, async node =>
    {
        node.SkipSequence();
        await node.SendAsync(0, ControlEnd, s_heartbeat);
    });

    [Fact]
    public Task Reordered_frames_close_the_link() => Closes(LinkCloseReason.SequenceBroken, async node =>
    {
        var first = node.Frame(0, ControlEnd, s_heartbeat);
        await node.Pipe.SendAsync(node.Frame(0, ControlEnd, s_heartbeat), default);
        await node.Pipe.SendAsync(first, default);
    });

    [Fact]
    public Task A_frame_beyond_the_largest_size_closes_the_link() => Closes(
        LinkCloseReason.FrameTooLarge,
        node => node.SendAsync(0, ControlPart, new byte[Limits.MaxFrameDataBytes + 1]).AsTask());

    [Fact]
    public Task A_stub_of_a_frame_closes_the_link() => Closes(LinkCloseReason.MalformedFrame, node => node.Pipe.SendAsync(new byte[44], default).AsTask());

    [Fact]
    public Task A_control_message_beyond_the_largest_size_closes_the_link() => Closes(LinkCloseReason.FrameTooLarge, async node =>
    {
        for (var sent = 0; sent <= Limits.MaxControlMessageBytes; sent += Limits.MaxFrameDataBytes) await node.SendAsync(0, ControlPart, new byte[Limits.MaxFrameDataBytes]);
    });

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"type":"heartbeat"}""")]
    [InlineData("""{"type":"heartbeat","sequence":1,"leases":null}""")]
    [InlineData("""{"type":"heartbeat","sequence":1,"leases":[null]}""")]
    [InlineData("""{"type":"heartbeat","sequence":1,"leases":[],"x":[{"y":[1,null]}]}""")]
    public Task A_control_message_that_cannot_be_read_closes_the_link(string json) => Closes(
        LinkCloseReason.MalformedFrame,
        node => node.SendAsync(0, ControlEnd, Encoding.UTF8.GetBytes(json)).AsTask());

    [Fact]
    public Task A_frame_of_an_unknown_kind_closes_the_link() => Closes(LinkCloseReason.MalformedFrame, node => node.SendAsync(0, 99, []).AsTask());

    [Fact]
    public Task Data_on_a_stream_that_nobody_opened_closes_the_link() => Closes(LinkCloseReason.UnknownStream, node => node.SendAsync(1, Data, [1]).AsTask());

    [Fact]
    public Task A_peer_cannot_open_a_stream_of_the_other_side() => Closes(LinkCloseReason.UnknownStream, node => node.SendAsync(2, Open, s_relay).AsTask());

    [Fact]
    public Task A_peer_cannot_open_the_same_stream_twice() => Closes(LinkCloseReason.UnknownStream, async node =>
    {
        await node.SendAsync(1, Open, s_relay);
        await node.SendAsync(1, Open, s_relay);
    });

    [Fact]
    public Task Data_beyond_the_credit_closes_the_link() => Closes(LinkCloseReason.CreditOverrun, async node =>
    {
        await node.SendAsync(1, Open, s_relay);
        for (var sent = 0; sent < Limits.StreamWindowBytes; sent += Limits.MaxFrameDataBytes) await node.SendAsync(1, Data, new byte[Limits.MaxFrameDataBytes]);
        await node.SendAsync(1, Data, [1]);
    });

    [Fact]
    public Task Credit_for_bytes_never_received_closes_the_link() => Closes(LinkCloseReason.CreditOverrun, async node =>
    {
        await node.SendAsync(1, Open, s_relay);
        await node.SendAsync(1, Credit, [0, 0, 0, 1]);
    });

    [Fact]
    public Task Control_messages_that_nobody_reads_close_the_link_at_the_end_of_their_credit() => Closes(LinkCloseReason.CreditOverrun, async node =>
    {
        var cost = s_heartbeat.Length + Limits.ControlMessageOverheadBytes;
        for (var i = 0; i <= Limits.ControlWindowBytes / cost; i++) await node.SendAsync(0, ControlEnd, s_heartbeat);
    });

    [Fact]
    public Task Data_after_the_end_closes_the_link() => Closes(LinkCloseReason.MalformedFrame, async node =>
    {
        await node.SendAsync(1, Open, s_relay);
        await node.SendAsync(1, End, []);
        await node.SendAsync(1, Data, [1]);
    });

    [Fact]
    public async Task A_stream_too_many_is_aborted_and_the_link_goes_on()
    {
        var (node, link) = await RawNode.ConnectAsync();
        await using var _ = node;
        await using var __ = link;
        for (var i = 0u; i <= Limits.MaxOpenStreamsPerSide; i++) await node.SendAsync(1 + 2 * i, Open, s_relay);

        var answer = (await node.Pipe.ReceiveAsync(default))!.Value.ToArray();

        Assert.Equal(1 + 2u * Limits.MaxOpenStreamsPerSide, BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(8)));
        Assert.Equal(7, answer[12]);
        Assert.False(link.Closed.IsCompleted);
        await node.Pipe.DisposeAsync();
    }

    [Fact]
    public async Task A_message_of_a_newer_release_is_passed_on_as_unknown()
    {
        var (node, link) = await RawNode.ConnectAsync();
        await using var _ = node;
        await using var __ = link;
        await node.SendAsync(0, ControlEnd, """{"type":"fromTheFuture","x":1}"""u8);

        Assert.Equal(typeof(ControlMessage), (await LinkPair.FirstAsync(link.ReadControlAsync())).GetType());
        await node.Pipe.DisposeAsync();
    }

    private static async Task Closes(LinkCloseReason expected, Func<RawNode, Task> misbehave)
    {
        var (node, link) = await RawNode.ConnectAsync();
        await using var _ = node;
        try
        {
            await misbehave(node).WaitAsync(LinkPair.Deadline);
        }
        catch (IOException)
        {
            // The operator hung up while this peer still sent.
        }

        var closed = await link.Closed.WaitAsync(LinkPair.Deadline);

        Assert.Equal(expected, closed.Reason);
        await link.DisposeAsync();
    }
}
