namespace Grid.Protocol.Link.Frames;

/// <summary>Credit that we gave for one direction of a stream: what arrived unread never exceeds the window.</summary>
internal sealed class ReceiveWindow(int windowBytes)
{
    private readonly int _windowBytes = windowBytes;
    private readonly Lock _gate = new();
    private int _availableBytes = windowBytes;
    private int _readBytes;

    /// <returns>False where the peer sends more than it has credit for.</returns>
    public bool TryConsume(int bytes)
    {
        lock (_gate)
        {
            if (bytes > _availableBytes) return false;
            _availableBytes -= bytes;
            return true;
        }
    }

    /// <summary>Counts what the reader took.</summary>
    /// <returns>Bytes to give back now: nothing until half a window was read, so that credits are few.</returns>
    public int Return(int bytes)
    {
        lock (_gate)
        {
            _readBytes += bytes;
            if (_readBytes < _windowBytes / 2) return 0;
            var given = _readBytes;
            _readBytes = 0;
            _availableBytes += given;
            return given;
        }
    }
}
