namespace Grid.Simulation;

/// <summary>The rows of the fault table that are scenarios of this simulator, and 41, which is not of it.</summary>
public static class AllScenarios
{
    private static readonly WorldOptions Busy = new() { Providers = 4, Tenants = 4, Duration = TimeSpan.FromMinutes(12), DeploymentEvery = TimeSpan.FromMinutes(1) };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(1, "two activations of one GPU grain both reserve", ["INV-GPU-01"], new WorldOptions { Providers = 1, Tenants = 1 }, GpuSplit.Play),
        new(2, "the silo is killed between reserve and persist", ["INV-LEASE-01"], Busy with { Faults = new FaultPlan { CrashAtStep = 0.1 } }, static world => world.Run()),
        new(3, "killed after persist, before the reply; the caller retries", ["INV-MONEY-05"],
            Busy with { Tenants = 8, Faults = new FaultPlan { CrashAtStep = 0.05, StorageFailureAfter = 0.1, MessageLoss = 0.01 } }, static world => world.Run()),
        new(6, "several activations of one hot device write at once", ["INV-GRAIN-02"], new WorldOptions { Providers = 1, Tenants = 1 },
            HotDevice.Play),
        new(7, "messages duplicated, reordered, late by up to an hour", ["INV-MONEY-03"],
            Busy with { Faults = new FaultPlan { MessageDoubling = 0.2, LatestMessage = TimeSpan.FromMilliseconds(50), LateHint = 0.5, WireDoubling = 0.2 } }, static world => world.Run()),
        new(8, "reminder ticks lost or doubled", ["INV-LEASE-06"],
            Busy with { Faults = new FaultPlan { LosesEveryOtherReminder = true, ReminderDoubling = 0.5 } }, SilentNodes.Play),
        new(9, "clocks jump by ten minutes and differ between machines", ["INV-METER-02"],
            Busy with { Faults = new FaultPlan { ClockJumpEvery = TimeSpan.FromSeconds(8), SiloCrashEvery = TimeSpan.FromMinutes(3) } }, static world => world.Run()),
        new(14, "the escrow is used up while a job runs, and the close is lost", ["INV-METER-01"],
            Busy with { PoorTenants = 1, Faults = new FaultPlan { LateHint = 1, PartitionEvery = TimeSpan.FromSeconds(20) } }, static world => world.Run()),
        new(15, "a node restarts in the middle of leases", ["INV-LEASE-07", "INV-LEASE-05", "INV-GPU-02"],
            Busy with { Faults = new FaultPlan { NodeCrashEvery = TimeSpan.FromSeconds(30), RebootShare = 0, NodeDownAtMost = TimeSpan.FromSeconds(30) } }, NodeRestarts.Play),
        new(16, "a ghost reservation after a failed start", ["INV-CAP-01"],
            Busy with { Faults = new FaultPlan { WireLoss = 0.3, CrashAtStep = 0.03, StorageFailureBefore = 0.02 } }, GhostReservations.Play),
        new(17, "sixteen jobs of half a GPU on eight GPUs", ["INV-GPU-01", "INV-GPU-03"],
            new WorldOptions { Providers = 1, Tenants = 1 }, static world => HalfGpus.Play(world)),
        new(19, "a flood of fake GPUs enrols", ["INV-ENROL-01"], new WorldOptions { Providers = 1, Tenants = 1 }, static world => FakeFlood.Play(world)),
        new(22, "an attestation withheld and filed late, operators that lie or are cut off", ["INV-ERA-01", "INV-ERA-02", "INV-SLASH-04"],
            ObservingOperators.Options, static world =>
            {
                DividedOperators.Play(world);
                world.Run();
            }),
        new(23, "a provider grinds randomness, a matchmaker is biased", ["INV-MATCH-01", "INV-MATCH-02"],
            new WorldOptions { Providers = 1, Tenants = 1 }, static world => Grinding.Play(world)),
        new(24, "leases to oneself to wash reputation", ["INV-REP-01"], new WorldOptions { Providers = 1, Tenants = 1 }, static world =>
            WashLeases.Play(world)),
        new(25, "a new identity after a slash", ["INV-MATCH-03"], new WorldOptions { Providers = 1, Tenants = 1 }, static world =>
            NewIdentities.Play(world)),
        new(26, "stake is withdrawn before the slash lands", ["INV-SLASH-02"], new WorldOptions { Providers = 1, Tenants = 1 }, static world => EarlyWithdrawals.Play(world)),
        new(27, "a slash front-run, doubled, self-inflicted, larger than the stake", ["INV-CHAIN-05", "INV-SLASH-03"],
            new WorldOptions { Providers = 1, Tenants = 1 }, static world => ContestedSlashes.Play(world)),
        new(40, "a hostile manifest", ["INV-MANIFEST-01"], new WorldOptions { Providers = 1, Tenants = 1 }, static world => HostileManifests.Play(world)),
        new(41, "small orders keep coming while big ones wait", ["INV-ORDER-01"],
            new WorldOptions
            {
                Providers = 1,
                Tenants = 1,
                PoorTenants = 0,
                DeploymentEvery = TimeSpan.FromDays(10),
                Parameters = new GridParameters { AcceptsPretendedGpus = true, MatchChainLength = 4096 },
            },
            CrowdedMarket.Play),
    ];

    public static Scenario? Find(int row) => All.FirstOrDefault(scenario => scenario.Row == row);
}
