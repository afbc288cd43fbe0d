using Grid.Accounts;
using Grid.Leases;
using Grid.Providers;
using Grid.Runtime.Simulation;
using Orleans;

namespace Grid.Simulation;

/// <summary>Kills the silo within milliseconds of a step of an order: while it is being stored, or after that and before its answer.</summary>
internal sealed class StepCrashes(World world, SimulatedRandom random) : IIncomingGrainCallFilter
{
    private static readonly TimeSpan LatestCrash = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(20);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (world.AreFaultsOn && IsStep(context.MethodName) && random.Chance(world.Plan.CrashAtStep)) world.Spawn("crash at a step", Crash);
        return context.Invoke();
    }

    private static bool IsStep(string method) => method is nameof(IProviderGrain.Hold) or nameof(ILeaseGrain.Reserve) or nameof(ILeaseGrain.Open)
        or nameof(IProviderGrain.Confirm) or nameof(IAccountGrain.Settle) or nameof(IAccountGrain.Credit) or nameof(ILocalLedgerGrain.Fund);

    private async Task Crash()
    {
        await world.Delay(random.Between(TimeSpan.Zero, LatestCrash));
        world.CrashSilo();
        await world.Delay(random.Between(TimeSpan.FromSeconds(1), LongestOutage));
        world.RestartSilo();
    }
}
