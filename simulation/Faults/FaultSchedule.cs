using Grid.Runtime.Simulation;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>Breaks things at drawn times, and heals them.</summary>
internal sealed class FaultSchedule(World world)
{
    private static readonly TimeSpan StorageAwayFor = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WorstClockError = TimeSpan.FromMinutes(10);

    private readonly SimulatedRandom _random = world.Virtual.Random.Fork();

    public void Start()
    {
        var (plan, faults) = (world.Plan, world.Virtual.Faults);
        faults.MessageLatencyMax = plan.LatestMessage;
        (faults.MessageLoss, faults.MessageDoubling) = (plan.MessageLoss, plan.MessageDoubling);
        (faults.StorageFailureBefore, faults.StorageFailureAfter, faults.SlowStorage) = (plan.StorageFailureBefore, plan.StorageFailureAfter, plan.SlowStorage);
        Every(plan.StorageAwayEvery, TakeStorageAway);
        Every(plan.SiloCrashEvery, CrashSilo);
        // Machines are everybody's.
        if (world.IsFirst) Every(plan.NodeCrashEvery, CrashNode);
        Every(plan.PartitionEvery, CutNode);
        Every(plan.SplitEvery, Split);
        Every(plan.ClockJumpEvery, JumpClock);
    }

    public void Heal()
    {
        var faults = world.Virtual.Faults;
        (faults.MessageLoss, faults.MessageDoubling) = (0, 0);
        (faults.StorageFailureBefore, faults.StorageFailureAfter, faults.SlowStorage, faults.StorageIsAway) = (0, 0, 0, false);
        world.Clock.Offset = TimeSpan.Zero;
        world.RestartSilo();
        foreach (var node in world.Nodes) node.Heal();
    }

    private void Every(TimeSpan mean, Func<Task> breakSomething)
    {
        if (mean == TimeSpan.Zero) return;
        world.Spawn("faults", async () =>
        {
            while (true)
            {
                await world.Delay(Drawn(mean));
                if (!world.AreFaultsOn) return;
                await breakSomething();
            }
        });
    }

    /// <summary>Exponential, so that faults also come close together.</summary>
    private TimeSpan Drawn(TimeSpan mean) => mean * Math.Min(10, -Math.Log(1 - _random.NextDouble()));

    private async Task TakeStorageAway()
    {
        world.Virtual.Faults.StorageIsAway = true;
        await world.Delay(StorageAwayFor);
        world.Virtual.Faults.StorageIsAway = false;
    }

    private async Task CrashSilo()
    {
        // A crash ends what runs in the silo, and this process must not be in one of its turns.
        world.CrashSilo();
        await world.Delay(_random.Between(TimeSpan.FromMilliseconds(100), world.Tick * 9));
        world.RestartSilo();
    }

    private Task CrashNode()
    {
        var node = world.Nodes[_random.Next(world.Nodes.Length)];
        var downFor = _random.Between(TimeSpan.FromSeconds(1), world.Plan.NodeDownAtMost);
        node.Crash(isReboot: _random.Chance(world.Plan.RebootShare));
        world.Spawn("node comes back", async () =>
        {
            await world.Delay(downFor);
            node.Restart();
        });
        return Task.CompletedTask;
    }

    private Task CutNode()
    {
        var node = world.Nodes[_random.Next(world.Nodes.Length)];
        node.IsCutOff = true;
        var cutFor = _random.Between(TimeSpan.FromSeconds(1), world.Tick * 15);
        world.Spawn("link comes back", async () =>
        {
            await world.Delay(cutFor);
            node.IsCutOff = false;
        });
        return Task.CompletedTask;
    }

    private Task Split()
    {
        world.Virtual.SplitActivation(Target());
        return Task.CompletedTask;
    }

    private GrainId Target()
    {
        var node = world.Nodes[_random.Next(world.Nodes.Length)];
        var tenant = world.Tenants[_random.Next(world.Tenants.Length)];
        var lease = world.Leases.Count == 0 ? default : world.Leases.Keys.ElementAt(_random.Next(world.Leases.Count));
        return _random.Next(6) switch
        {
            0 => GrainId.Create("gpu", $"{node.Id}/{node.Terms.Devices[_random.Next(node.Terms.Devices.Length)].Uuid}"),
            1 => GrainId.Create("provider", node.Id.ToString()),
            2 => GrainId.Create("account", tenant.Address.ToString()),
            3 => GrainId.Create("lease", lease.ToString()),
            4 => GrainId.Create("order", world.Leases.TryGetValue(lease, out var history) ? history.Order.ToString() : "none"),
            _ => GrainId.Create("deployment", tenant.LatestDeployment.ToString()),
        };
    }

    private Task JumpClock()
    {
        var offset = _random.Between(-WorstClockError, WorstClockError);
        var at = _random.Next(world.Nodes.Length + 2);
        if (at < world.Nodes.Length) world.Nodes[at].Clock.Offset = offset;
        else world.Clock.Offset = offset;
        return Task.CompletedTask;
    }
}
