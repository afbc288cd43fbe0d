using Grid.Gpus;
using Grid.Protocol;

namespace Grid.Simulation;

/// <summary>Row 1: the silo loses sight of a device's activation, and two of them are asked at once.</summary>
internal static class GpuSplit
{
    private const int Rounds = 100;
    private const int ShareMillis = 600;
    private const int CapacityMillis = 1000;

    public static void Play(World world)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var uuid = $"split-{round}";
            world.Spawn(uuid, () => Contend(world, uuid));
        }

        world.RunFor(TimeSpan.FromMinutes(1));
    }

    private static async Task Contend(World world, string uuid)
    {
        var key = new GpuKey(world.Nodes[0].Id, uuid).ToString();
        var older = world.Grains.GetGrain<IGpuGrain>(key);
        await older.GetView();
        world.Virtual.SplitActivation(Orleans.Runtime.GrainId.Create("gpu", key));
        var younger = world.Grains.GetGrain<IGpuGrain>(key);
        await younger.GetView();

        var held = await Task.WhenAll(Hold(world, older, uuid, "older"), Hold(world, younger, uuid, "younger"));
        var sold = held.Count(static isHeld => isHeld) * ShareMillis;
        world.Verdicts.Check(sold <= CapacityMillis, "INV-GPU-01", key, $"at most {CapacityMillis} thousandths acknowledged", $"{sold}");
    }

    private static async Task<bool> Hold(World world, IGpuGrain gpu, string uuid, string who)
    {
        var lease = new LeaseId(Keys.HashOf(world.Options.Seed, $"{uuid} {who}"));
        var hold = new GpuHold(lease, ShareMillis, CapacityMillis, world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        return await World.Ask(() => gpu.Hold(hold)) is { IsHeld: true };
    }
}
