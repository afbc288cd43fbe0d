namespace Grid.Protocol.Link.Frames;

/// <summary>The first byte of a frame's payload. On the wire: never reuse a number.</summary>
internal enum FrameKind : byte
{
    /// <summary>Part of a control message; more follows. Stream 0.</summary>
    ControlPart = 1,

    /// <summary>The rest of a control message. Stream 0.</summary>
    ControlEnd = 2,

    /// <summary>A new stream; the data is its purpose as JSON.</summary>
    Open = 3,

    Data = 4,

    /// <summary>The receiver of a stream gives this many bytes (4, big-endian) back. Stream 0: of the control window.</summary>
    Credit = 5,

    /// <summary>This direction of the stream is complete.</summary>
    End = 6,

    /// <summary>Both directions are void; the data says why.</summary>
    Abort = 7,

    /// <summary>The link closes; the data says why. Stream 0.</summary>
    Goodbye = 8,
}
