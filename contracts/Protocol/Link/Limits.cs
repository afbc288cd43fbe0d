namespace Grid.Protocol.Link;

/// <summary>Bounds of a node link, the same on both sides: a peer beyond one of them is cut off.</summary>
public static class Limits
{
    /// <summary>A handshake message: fixed sizes, far below.</summary>
    public const int MaxHandshakeBytes = 1024;

    public const int HandshakeTimeoutMs = 10_000;

    /// <summary>How long a transcript may live. Nonces make it fresh; this is wide because machines' clocks differ.</summary>
    public const int TranscriptLifetimeSeconds = 1800;

    /// <summary>A node refuses transcripts that live longer than this by its own clock.</summary>
    public const int MaxTranscriptLifetimeSeconds = 2 * TranscriptLifetimeSeconds;

    /// <summary>Bytes of data or control text in one frame: how long a heartbeat can wait for the frame before it.</summary>
    public const int MaxFrameDataBytes = 16 * 1024;

    /// <summary>sequence (8) ‖ stream (4) ‖ kind (1) ‖ data ‖ code (32).</summary>
    public const int MaxFrameBytes = 8 + 4 + 1 + MaxFrameDataBytes + 32;

    public const int MaxStreamHeaderBytes = 4096;

    public const int MaxReasonBytes = 512;

    public const int MaxControlMessageBytes = 1024 * 1024;

    /// <summary>What a control message costs of the window beside its bytes, so that tiny ones can't pile up without bound.</summary>
    public const int ControlMessageOverheadBytes = 256;

    /// <summary>Control bytes under way: the receiver gives them back, half a window at a time. Two of the largest messages fit.</summary>
    public const int ControlWindowBytes = 2 * (MaxControlMessageBytes + ControlMessageOverheadBytes);

    /// <summary>Data bytes of one stream under way in one direction.</summary>
    public const int StreamWindowBytes = 256 * 1024;

    /// <summary>Streams that one side has open at a time; the next is aborted.</summary>
    public const int MaxOpenStreamsPerSide = 256;

    /// <summary>
    /// Frames that wait for the socket: control within its window, one data frame and one end a stream, and small answers. A peer that makes us queue more
    /// without reading is cut off.
    /// </summary>
    public const int MaxQueuedFrames = 16 * 1024;

    /// <summary>How long a closing end waits for its last words to be sent.</summary>
    public const int CloseTimeoutMs = 5_000;

    public const int InMemoryPipeMessages = 16;

    public const int MaxJsonDepth = 32;
}
