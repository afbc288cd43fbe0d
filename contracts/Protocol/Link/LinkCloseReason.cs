namespace Grid.Protocol.Link;

/// <summary>Why a link or its handshake ended.</summary>
public enum LinkCloseReason
{
    LocalClosed,
    PeerClosed,

    /// <summary>The connection broke.</summary>
    TransportFailed,
    HandshakeTimedOut,

    /// <summary>The peer said why it refuses, or speaks another protocol.</summary>
    HandshakeRefused,

    /// <summary>Not the operator whose key this node pinned, or a node that asks for another operator.</summary>
    WrongPeer,
    TranscriptExpired,
    BadSignature,

    /// <summary>A frame's code is wrong: forged, or changed on the way.</summary>
    ForgedFrame,

    /// <summary>A frame was repeated, left out or reordered.</summary>
    SequenceBroken,
    FrameTooLarge,
    MalformedFrame,
    UnknownStream,

    /// <summary>More bytes than the receiver gave credit for.</summary>
    CreditOverrun,

    /// <summary>The peer makes us answer faster than it reads.</summary>
    QueueOverflow,
}

/// <param name="Message">For the log. What a peer said is cut to <see cref="Limits.MaxReasonBytes"/> and must not be trusted.</param>
public sealed record LinkClosed(LinkCloseReason Reason, string Message);

/// <summary>The link is closed or its handshake failed.</summary>
public sealed class LinkException(LinkCloseReason reason, string message) : IOException(message)
{
    public LinkCloseReason Reason { get; } = reason;
}

/// <summary>One end aborted this stream; the link itself goes on.</summary>
public sealed class LinkStreamAbortedException(string message) : IOException(message);
