namespace Grid.CommandLine.LocalGrids;

/// <summary>A whole grid on this machine.</summary>
public sealed record LocalGridOptions
{
    public int Providers { get; init; } = 5;

    /// <summary>Each a silo of its own; every node sells through all of them.</summary>
    public int Operators { get; init; } = 1;

    /// <summary>Deposits, stake and eras on a chain of its own; else in each operator's own ledger.</summary>
    public bool HasChain { get; init; }

    /// <summary>What each node sells of the cores, in thousandths; null for an equal part of them.</summary>
    public long? CpuMillis { get; init; }

    /// <summary>A GPU model that every node pretends to have; every record marks it.</summary>
    public string? PretendedGpu { get; init; }

    /// <summary>Run workloads without a sandbox where none can be had; records show isolation level none.</summary>
    public bool AllowUnisolated { get; init; }

    /// <summary>A folder for everything: new, empty, or with the grid that was kept in it; null for one of the system's temporary ones.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Whether the folder stays, for the next start to go on with; else it is removed at the end. Only a grid with a chain is kept.</summary>
    public bool IsKept { get; init; }

    public int TickMs { get; init; } = 1000;

    public int EraSeconds { get; init; } = 20;

    public int RunAheadSeconds { get; init; } = 30;

    /// <summary>What the tenant's account gets at each operator, in whole tokens.</summary>
    public int DepositTokens { get; init; } = 1000;

    /// <summary>What each operator answers with on the chain, in whole tokens.</summary>
    public int BondTokens { get; init; } = 10_000;

    /// <summary>What each node answers with on the chain, in whole tokens.</summary>
    public int StakeTokens { get; init; } = 1000;
}
