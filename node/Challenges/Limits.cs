namespace Grid.Node.Challenges;

internal static class Limits
{
    /// <summary>The largest challenge that a node takes, however much it sells.</summary>
    public const int MaxChallengeMib = 64;

    /// <summary>A challenge takes this part of the sold memory at most.</summary>
    public const int MemoryPart = 16;

    /// <summary>Challenges that wait for their turn: one is worked on at a time, and each operator sets few.</summary>
    public const int WaitingChallenges = 8;

    /// <summary>Sightings that are kept of each operator: two eras and the appeal's window, at 64 an era.</summary>
    public const int KeptSightings = 4096;

    /// <summary>Lines beyond that before the file is written anew.</summary>
    public const int SurplusSightings = 1024;
}
