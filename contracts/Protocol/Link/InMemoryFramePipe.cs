using System.Threading.Channels;

namespace Grid.Protocol.Link;

/// <summary>Two ends in one process, for nodes simulated beside their operator.</summary>
public sealed class InMemoryFramePipe : IFramePipe
{
    private readonly ChannelReader<byte[]> _incoming;
    private readonly ChannelWriter<byte[]> _outgoing;

    private InMemoryFramePipe(ChannelReader<byte[]> incoming, ChannelWriter<byte[]> outgoing) => (_incoming, _outgoing) = (incoming, outgoing);

    /// <param name="capacity">Messages under way in each direction before a send waits.</param>
    public static (InMemoryFramePipe Left, InMemoryFramePipe Right) CreatePair(int capacity = Limits.InMemoryPipeMessages)
    {
        var toRight = Channel.CreateBounded<byte[]>(capacity);
        var toLeft = Channel.CreateBounded<byte[]>(capacity);
        return (new InMemoryFramePipe(toLeft.Reader, toRight.Writer), new InMemoryFramePipe(toRight.Reader, toLeft.Writer));
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            await _outgoing.WriteAsync(message.ToArray(), cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new IOException("The pipe is closed.");
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
    {
        while (await _incoming.WaitToReadAsync(cancellation))
        {
            if (_incoming.TryRead(out var message)) return message;
        }
        return null;
    }

    public ValueTask DisposeAsync()
    {
        _outgoing.TryComplete();
        return ValueTask.CompletedTask;
    }
}
