namespace Grid.Simulation;

/// <summary>Row 8: every node and the silo die, nobody looks, and of the reminders that are left every second one is lost.</summary>
internal static class SilentNodes
{
    /// <summary>Two sweeps to find a lease, the time until it is lost, what is paid ahead, the wait for a last receipt, two sweeps more.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(9);

    public static void Play(World world)
    {
        world.Start();
        world.RunFor(TimeSpan.FromMinutes(6));
        world.AreTenantsAsleep = true;
        // The silo dies first: no session is left that could tell anybody of its end.
        world.CrashSilo();
        foreach (var node in world.Nodes) node.Crash(isReboot: true);
        world.RestartSilo();

        var deadline = world.Virtual.Elapsed + EndsWithin;
        world.RunFor(EndsWithin);
        foreach (var history in world.Leases.Values)
        {
            var isOver = history.Seen is null or { IsSettled: true };
            world.Verdicts.Check(isOver, "INV-LEASE-06", history.Lease.ToString(), $"over and billed at {deadline}", $"{history.Seen?.Phase}");
        }

        world.AreTenantsAsleep = false;
        world.Settle();
    }
}
