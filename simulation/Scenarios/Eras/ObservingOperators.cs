namespace Grid.Simulation;

/// <summary>Row 22 on the grains: four operators, one of which lies about everybody, under faults of nodes, links and silos.</summary>
public static class ObservingOperators
{
    private const int Liar = 3;

    /// <summary>Nobody's clock jumps here, so that what was really heard can be told by the second.</summary>
    public static WorldOptions Options { get; } = new()
    {
        Operators = 4,
        Providers = 4,
        Tenants = 4,
        Duration = TimeSpan.FromMinutes(40),
        DeploymentEvery = TimeSpan.FromMinutes(1),
        Eras = new EraPlan(Liar),
        Parameters = new WorldOptions().Parameters with { Era = TimeSpan.FromMinutes(5) },
        Faults = new FaultPlan
        {
            MessageLoss = 0.001,
            StorageFailureBefore = 0.001,
            StorageFailureAfter = 0.001,
            SiloCrashEvery = TimeSpan.FromMinutes(15),
            NodeCrashEvery = TimeSpan.FromMinutes(4),
            NodeDownAtMost = TimeSpan.FromMinutes(6),
            PartitionEvery = TimeSpan.FromMinutes(3),
        },
    };
}
