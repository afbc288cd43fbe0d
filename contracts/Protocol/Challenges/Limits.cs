namespace Grid.Protocol.Challenges;

/// <summary>The bounds of challenges.</summary>
public static class Limits
{
    public const int MinMemoryMib = 1;

    /// <summary>What any node can be asked for; each says how much of it it takes.</summary>
    public const int MaxMemoryMib = 1024;

    /// <summary>Places that an answer opens: who left out a tenth of the work is found five times out of six, half of it always but once in 65 000.</summary>
    public const int Openings = 16;
}
