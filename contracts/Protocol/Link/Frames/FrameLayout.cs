namespace Grid.Protocol.Link.Frames;

/// <summary>sequence (8) ‖ stream (4) ‖ kind (1) ‖ data ‖ code (32), numbers big-endian.</summary>
internal static class FrameLayout
{
    public const int StreamAt = 8;
    public const int KindAt = 12;
    public const int DataAt = 13;
    public const int CodeBytes = 32;
    public const int OverheadBytes = DataAt + CodeBytes;

    /// <summary>Stream 0: control messages, their credit and the goodbye.</summary>
    public const uint ControlStream = 0;
}
