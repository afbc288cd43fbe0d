using System.Numerics;
using Grid.Protocol.Eras;

namespace Grid.Silo.Operators;

/// <summary>Bounds of what this operator does with its peers.</summary>
internal static class Limits
{
    /// <summary>Looks at the sessions in a tick.</summary>
    public const int LooksPerTick = 2;

    /// <summary>Sessions lost within so many ticks are lost at once.</summary>
    public const int OutageWindowTicks = 6;

    /// <summary>Providers whose slot is stored at the same time.</summary>
    public const int ReportsAtOnce = 64;

    /// <summary>The most memory that a challenge takes of a node that has it.</summary>
    public const int MaxChallengeMib = 16;

    /// <summary>Of an era for each MiB of a challenge: of eras of seconds, challenges would take most of a node's time.</summary>
    private const int SecondsPerChallengeMib = 8;

    /// <summary>Memory that a challenge takes of a node that has it: a power of two.</summary>
    public static int ChallengeMibOf(EraSchedule schedule) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(schedule.EraSeconds / SecondsPerChallengeMib, 1, MaxChallengeMib));

    /// <summary>Generous to slow machines and links: the work takes a fast core a fifth of a second.</summary>
    public const int ChallengeDeadlineMs = 30_000;

    public const int PeerTimeoutMs = 15_000;

    /// <summary>What a peer says of one era: at most three signed items of each operator.</summary>
    public const int MaxStatusBytes = 256 * 1024;

    public const int MaxPeersFileBytes = 64 * 1024;

    /// <summary>Books and records that are kept; beyond, the oldest go.</summary>
    public const int KeptFiles = 16_384;

    /// <summary>New files between two looks at how many there are.</summary>
    public const int FilesBetweenSweeps = 256;

    /// <summary>Rounds between two looks for open cases that nobody has told of.</summary>
    public const int RoundsPerSweep = 30;

    /// <summary>Cases that peers are asked to sign in one round: those whose time is over first.</summary>
    public const int CasesPerRound = 64;

    /// <summary>Cases that peers are asked to sign at the same time.</summary>
    public const int CasesAskedAtOnce = 16;

    /// <summary>A peer that takes longer to sign is asked again.</summary>
    public const int FaultTimeoutMs = 5_000;

    public const int MaxFaultAnswerBytes = 16 * 1024;

    /// <summary>Eras behind the current one that are searched for second votes.</summary>
    public const ulong ErasSearched = 16;

    /// <summary>Eras whose votes are compared with those of the peers in one round.</summary>
    public const int ErasComparedAtOnce = 2;

    /// <summary>Rounds that an era is compared in once it is decided: what comes later than that is not looked for.</summary>
    public const int LooksAtDecided = 4;

    /// <summary>Operators report in turn, so that one transaction suffices.</summary>
    public const int ReportTurnSeconds = 20;
}
