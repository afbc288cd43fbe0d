namespace Grid.Protocol.Sealing;

/// <summary>Bounds on sealed content.</summary>
public static class Limits
{
    /// <summary>A secret, a credential: sealed in one piece.</summary>
    public const int MaxPlaintextBytes = 64 * 1024;

    /// <summary>Plaintext of one chunk of a sealed stream; only the last is shorter.</summary>
    public const int ChunkBytes = 64 * 1024;

    public const int MaxContextNameBytes = 512;
}
