using Grid.Gpus;
using Grid.Protocol;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>
/// Row 6: several activations of one hot provider's device write the same row at once, again and again. Each wave gets somebody through,
/// and what was
/// acknowledged is there at the end.
/// </summary>
internal static class HotDevice
{
    private const int Rounds = 40;
    private const int Activations = 4;
    private const int Callers = 8;
    private const int Waves = 64;
    private const int ShareMillis = 100;
    private const int CapacityMillis = 1000;

    public static void Play(World world)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var uuid = $"hot-{round}";
            world.Spawn(uuid, () => Storm(world, uuid));
        }

        world.RunFor(TimeSpan.FromMinutes(2));
    }

    private static async Task Storm(World world, string uuid)
    {
        var key = new GpuKey(world.Nodes[0].Id, uuid).ToString();
        var devices = new List<IGpuGrain>();
        for (var activation = 0; activation < Activations; activation++) devices.Add(await Another(world, key));
        var isHeld = new bool[Callers];
        for (var wave = 0; wave < Waves && isHeld.Contains(false); wave++) await Once(world, key, uuid, devices, isHeld, wave);

        var sold = isHeld.Count(static held => held) * ShareMillis;
        world.Verdicts.Check(
            sold == Callers * ShareMillis, "INV-GRAIN-02", key, $"all {Callers} through within {Waves} waves",
            $"{sold} thousandths acknowledged");
        var stored = (await (await Another(world, key)).GetView()).HeldMillis;
        world.Verdicts.Check(
            stored >= sold && stored <= CapacityMillis, "INV-GRAIN-02", key, $"{sold} thousandths held, as acknowledged", $"{stored}");
    }

    /// <summary>Whoever is not through yet asks at once, each through another activation.</summary>
    private static async Task Once(World world, string key, string uuid, List<IGpuGrain> devices, bool[] isHeld, int wave)
    {
        var asking = Enumerable.Range(0, Callers).Where(caller => !isHeld[caller]).ToArray();
        var answers = await Task.WhenAll(asking.Select(caller => Hold(world, devices[(caller + wave) % Activations], uuid, caller)));
        for (var i = 0; i < asking.Length; i++) isHeld[asking[i]] |= answers[i];
        world.Verdicts.Check(answers.Contains(true), "INV-GRAIN-02", key, $"somebody through in wave {wave}", "nobody");
    }

    /// <summary>The silo loses sight of the device's activation, and makes one more.</summary>
    private static async Task<IGpuGrain> Another(World world, string key)
    {
        world.Virtual.SplitActivation(GrainId.Create("gpu", key));
        var device = world.Grains.GetGrain<IGpuGrain>(key);
        await device.GetView();
        return device;
    }

    private static async Task<bool> Hold(World world, IGpuGrain device, string uuid, int caller)
    {
        var lease = new LeaseId(Keys.HashOf(world.Options.Seed, $"{uuid} {caller}"));
        var hold = new GpuHold(lease, ShareMillis, CapacityMillis, world.Clock.GetUtcNow() + TimeSpan.FromMinutes(10));
        return await World.Ask(() => device.Hold(hold)) is { IsHeld: true };
    }
}
