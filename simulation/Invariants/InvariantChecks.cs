namespace Grid.Simulation;

/// <summary>Everything that must hold at every instant, whatever has gone wrong. Each id stands in INVARIANTS.md.</summary>
internal static class InvariantChecks
{
    public static void Run(World world)
    {
        LeaseChecks.Run(world);
        CapacityChecks.Run(world);
        MoneyChecks.Run(world);
    }
}
