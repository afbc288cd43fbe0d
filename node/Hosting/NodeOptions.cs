using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Node.Inventory;
using Grid.Node.Link;
using Grid.Protocol;

namespace Grid.Node.Hosting;

/// <summary>What a provider chooses. Nothing in it is secret.</summary>
public sealed record NodeOptions
{
    /// <summary>Keys, ledger, leases, logs and sealed outputs lie in here.</summary>
    public required string DataDirectory { get; init; }

    public required ImmutableArray<OperatorEndpoint> Operators { get; init; }

    /// <summary>A name of the region catalogue.</summary>
    public required string Region { get; init; }

    public string Zone { get; init; } = "";

    public string Token { get; init; } = "GRID";

    /// <summary>The part of the machine that is sold; null for the default part.</summary>
    public CapacitySlice? Slice { get; init; }

    public required RatePerHour PerCore { get; init; }

    public required RatePerHour PerGibMemory { get; init; }

    public required RatePerHour PerGibStorage { get; init; }

    /// <summary>By catalogue model; a model that is missing asks the guide price.</summary>
    public ImmutableSortedDictionary<string, RatePerHour> PerGpu { get; init; } = ImmutableSortedDictionary<string, RatePerHour>.Empty;

    public int BandwidthMbps { get; init; } = 100;

    public bool AllowsUnisolated { get; init; }

    public bool AllowsHostImage { get; init; } = true;

    /// <summary>A catalogue model that this node pretends to have one of: for development, refused by any other grid.</summary>
    public string? PretendedGpu { get; init; }

    /// <summary>Everything is signed under it; null for operators without a chain.</summary>
    public Eip712Domain? Domain { get; init; }

    /// <summary>Stop, with all workloads, when standard input ends: for a launcher that must leave nothing behind.</summary>
    public bool ExitsWithParent { get; init; }
}
