using System.Buffers.Binary;
using Grid.Protocol.Link;

namespace Grid.Tests.Protocol.Link;

/// <summary>Lets frames out one by one while it is gated, and remembers which.</summary>
internal sealed class GatedPipe(IFramePipe inner) : IFramePipe
{
    private readonly SemaphoreSlim _permits = new(0);
    private volatile bool _isGated;

    /// <summary>Completes when a frame waits at the gate.</summary>
    public TaskCompletionSource Blocked { get; private set; } = new();

    public List<uint> SentStreams { get; } = [];

    public void Gate() => _isGated = true;

    /// <summary>Lets this many more frames out.</summary>
    public void Release(int frames) => _permits.Release(frames);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (_isGated)
        {
            Blocked.TrySetResult();
            await _permits.WaitAsync(cancellation);
            lock (SentStreams) SentStreams.Add(BinaryPrimitives.ReadUInt32BigEndian(message.Span[8..]));
        }
        await inner.SendAsync(message, cancellation);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation) => inner.ReceiveAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
