namespace Grid.Eras;

/// <summary>Bounds of an operator's work on eras.</summary>
public static class Limits
{
    /// <summary>Providers asked for their observations, or told of an era's outcome, at the same time.</summary>
    public const int ProvidersAtOnce = 64;

    /// <summary>Undecided eras that one pulse looks at.</summary>
    public const int ErasPerPulse = 8;

    /// <summary>Eras past their window, without a trace here, that one pulse writes off.</summary>
    public const int MissedErasPerPulse = 4096;

    /// <summary>Ticks after an era's end before its book is closed: the last slot must be told first.</summary>
    public const int ClosingTicks = 3;

    /// <summary>How long the proposer waits for books after an era's end, in ticks and in parts of an era: the lower.</summary>
    public const int GatherTicks = 30;

    public const int GatherParts = 4;

    /// <summary>How long one operator may take to propose before the next one may: as above.</summary>
    public const int RoundTicks = 60;

    public const int RoundParts = 4;

    /// <summary>Second votes that are kept as evidence.</summary>
    public const int KeptEquivocations = Protocol.Eras.Limits.MaxOperators;
}
