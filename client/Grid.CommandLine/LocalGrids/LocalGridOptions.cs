namespace Grid.CommandLine.LocalGrids;

/// <summary>A whole grid on this machine.</summary>
public sealed record LocalGridOptions
{
    public int Providers { get; init; } = 5;

    /// <summary>Each a silo of its own; every node sells through all of them.</summary>
    public int Operators { get; init; } = 1;

    /// <summary>What each node sells of the cores, in thousandths; null for an equal part of them.</summary>
    public long? CpuMillis { get; init; }

    /// <summary>A GPU model that every node pretends to have; every record marks it.</summary>
    public string? PretendedGpu { get; init; }

    /// <summary>Run workloads without a sandbox where none can be had; records show isolation level none.</summary>
    public bool AllowUnisolated { get; init; }

    /// <summary>A new or empty folder for everything; null for one of the system's temporary ones. Removed at the end.</summary>
    public string? DataFolder { get; init; }

    public int TickMs { get; init; } = 1000;

    public int RunAheadSeconds { get; init; } = 30;

    /// <summary>What the tenant's account gets, in whole tokens.</summary>
    public int DepositTokens { get; init; } = 1000;
}
