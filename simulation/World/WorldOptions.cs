using Grid.Runtime.Hosting;
using Orleans.Storage;

namespace Grid.Simulation;

/// <summary>What a world is made of. Equal options make equal runs.</summary>
public sealed record WorldOptions
{
    public ulong Seed { get; init; }

    public int Providers { get; init; } = 6;

    /// <summary>Each with a silo, a store and tenants of its own; all sell the same machines.</summary>
    public int Operators { get; init; } = 1;

    public int Tenants { get; init; } = 4;

    /// <summary>How long tenants submit and faults happen; settling comes after it.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Mean time between the deployments of one tenant.</summary>
    public TimeSpan DeploymentEvery { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The share of tenants who can pay for minutes only.</summary>
    public double PoorTenants { get; init; } = 0.3;

    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Null: nobody observes.</summary>
    public EraPlan? Eras { get; init; }

    public GridParameters Parameters { get; init; } = new()
    {
        AcceptsPretendedGpus = true,
        MatchChainLength = 1024,
        StandingFor = TimeSpan.FromMinutes(1),
    };

    /// <summary>How often the invariants are checked, in virtual time.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(2);

    public Tampering Tampering { get; init; } = Tampering.None;

    /// <summary>Receives every event as text. Slow.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>Half an hour of a few providers under all faults together: what the tests run by the hundred.</summary>
    public static WorldOptions Small(ulong seed) => new()
    {
        Seed = seed,
        Providers = 4 + (int)(seed % 5),
        Tenants = 3 + (int)(seed % 3),
        Faults = FaultPlan.Heavy,
    };
}

/// <summary>
/// How a test takes a guard out, to see that the scenario fails without it. It replaces what the world plugs into the grains (storage, filters, services) or
/// the rules of its own nodes; the product's code has no such switches.
/// </summary>
public sealed record Tampering
{
    public static Tampering None { get; } = new();

    /// <summary>Wraps the store that grains see. Called anew at each start of the silo.</summary>
    public Func<World, IGrainStorage, IGrainStorage>? Storage { get; init; }

    public Action<World, LocalSiloBuilder>? Silo { get; init; }

    public NodeRules Node { get; init; } = new();
}
