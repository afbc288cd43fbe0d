using Grid.Leases;

namespace Grid.Simulation;

/// <summary>Row 16: proposals, answers and starts fail half way; a few sweeps later nothing is reserved but for leases that live.</summary>
internal static class GhostReservations
{
    private static readonly TimeSpan FewSweeps = TimeSpan.FromMinutes(5);

    public static void Play(World world)
    {
        world.Start();
        world.RunFor(world.Options.Duration);
        world.StopFaults();
        world.AreTenantsAsleep = true;
        world.RunFor(FewSweeps);
        foreach (var node in world.Nodes) Reconciled(world, node);
        world.AreTenantsAsleep = false;
        world.Settle();
    }

    private static void Reconciled(World world, SimulatedNode node)
    {
        var now = world.Clock.GetUtcNow();
        foreach (var (lease, entry) in world.Virtual.Storage.Promised(node.Id).Entries)
        {
            var isLive = world.Leases.TryGetValue(lease, out var history) && history.Seen is { Phase: LeasePhase.Active or LeasePhase.Closing };
            var isFreshHold = entry.ExpiresAt is { } expiry && expiry > now && expiry - now <= world.Options.Parameters.HoldExpiry;
            world.Verdicts.Check(isLive || isFreshHold, "INV-CAP-01", $"{node.Id}", "room for live leases and fresh holds alone", $"a ghost of {lease}, expires {entry.ExpiresAt:O}");
        }
    }
}
