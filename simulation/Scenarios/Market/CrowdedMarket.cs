using Grid.Deployments;
using Grid.Orders;
using Grid.Protocol;

namespace Grid.Simulation;

/// <summary>
/// Beyond the fault table: one machine, and more small orders than it can take, for half an hour. An order that needs the whole of it comes
/// now and
/// then, and does not starve.
/// </summary>
internal static class CrowdedMarket
{
    private const int BigOrders = 3;

    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan s_smallEvery = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_bigEvery = TimeSpan.FromMinutes(9);

    /// <summary>What is older is served first, and the machine is emptied once: a few of the small ones' lengths.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(15);

    private static readonly Money s_plenty = Money.FromTokens(5);

    public static void Play(World world)
    {
        world.Start();
        var tenant = world.Tenants[0];
        world.Spawn("small ones", () => KeepSubmitting(world, tenant));
        world.Spawn("big ones", () => SubmitBigOnes(world, tenant));
        world.RunFor(s_length);
    }

    private static async Task KeepSubmitting(World world, SimulatedTenant tenant)
    {
        while (true)
        {
            await world.Delay(s_smallEvery);
            await tenant.Submit(ManifestTexts.Small, s_plenty);
        }
    }

    private static async Task SubmitBigOnes(World world, SimulatedTenant tenant)
    {
        for (var number = 1; number <= BigOrders; number++)
        {
            await world.Delay(s_bigEvery);
            DeploymentId? submitted;
            while ((submitted = await tenant.Submit(ManifestTexts.Big, s_plenty)) is null) await world.Delay(world.Tick);
            var (id, name) = (submitted.Value, $"big order {number}");
            world.Spawn(name, () => Watch(world, id, name));
        }
    }

    private static async Task Watch(World world, DeploymentId id, string name)
    {
        var since = world.Virtual.Elapsed;
        while (!await HasLease(world, id))
        {
            if (world.Virtual.Elapsed - since > s_longestWait)
            {
                world.Verdicts.Check(false, "INV-ORDER-01", name, $"a lease within {s_longestWait}", "none");
                return;
            }

            await world.Delay(world.Tick);
        }

        world.Verdicts.Check(true, "INV-ORDER-01", name, "", "");
    }

    private static async Task<bool> HasLease(World world, DeploymentId id)
    {
        var view = await World.Ask(() => world.Grains.GetGrain<IDeploymentGrain>(id.ToString()).GetView());
        return view?.Orders.Any(static placed => placed.Order.LeasedAt is not null || placed.Order.Phase == OrderPhase.Leased) == true;
    }
}
