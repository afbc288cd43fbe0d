using Grid.Runtime.Simulation;
using Grid.Shards;
using Orleans;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>Hints come late, reminders are lost or tick twice.</summary>
internal sealed class HintFaults(World world, SimulatedRandom random) : IIncomingGrainCallFilter
{
    private readonly SortedSet<GrainId> _ticked = [];

    public Task Invoke(IIncomingGrainCallContext context) => context.MethodName switch
    {
        nameof(ISweptGrain.LookAgain) => Hint(context),
        nameof(IRemindable.ReceiveReminder) => Reminder(context),
        _ => context.Invoke(),
    };

    private bool IsEverySecond(GrainId grain) => _ticked.Add(grain) || !_ticked.Remove(grain);

    private Task Hint(IIncomingGrainCallContext context)
    {
        if (!world.AreFaultsOn || !random.Chance(world.Plan.LateHint)) return context.Invoke();
        var target = context.TargetId;
        world.After(random.Between(TimeSpan.Zero, world.Plan.LatestHint), () => world.Virtual.Client.GetGrain<ISweptGrain>(target).LookAgain());
        return Task.CompletedTask;
    }

    private async Task Reminder(IIncomingGrainCallContext context)
    {
        if (world.AreFaultsOn && random.Chance(world.Plan.ReminderLoss)) return;
        if (world.Plan.LosesEveryOtherReminder && IsEverySecond(context.TargetId)) return;
        await context.Invoke();
        if (!world.AreFaultsOn || !random.Chance(world.Plan.ReminderDoubling)) return;
        await ((IRemindable)context.Grain).ReceiveReminder("sweep", default);
    }
}
