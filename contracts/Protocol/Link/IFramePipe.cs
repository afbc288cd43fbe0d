namespace Grid.Protocol.Link;

/// <summary>Carries whole messages between two ends, in order. One send and one receive may be under way at a time.</summary>
public interface IFramePipe : IAsyncDisposable
{
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);

    /// <returns>The next message, valid until the next call; null when the other end closed.</returns>
    /// <exception cref="LinkException">A message is larger than <see cref="Limits.MaxFrameBytes"/>.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation);
}
