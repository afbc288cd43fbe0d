namespace Grid.Simulation;

/// <summary>Bounds of the simulated world.</summary>
public static class Limits
{
    /// <summary>Eras behind the last check that are looked at again.</summary>
    public const ulong ErasChecked = 12;

    public const int Providers = 100_000;

    public const int Tenants = 100_000;

    public const int Operators = 9;

    public const int Days = 3650;

    /// <summary>A run stops at its first violations: the later ones follow from them.</summary>
    public const int Violations = 16;

    /// <summary>How long everything may take to settle once the faults have stopped, in virtual time.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromHours(2);

    /// <summary>Messages of one node that are on their way at the same time; what comes beyond them is lost.</summary>
    public const int WireMessages = 4096;
}
