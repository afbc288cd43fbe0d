using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

/// <summary>An operator that demands stake, on the real contracts.</summary>
public sealed class StakeOnTheChain
{
    [Fact]
    public async Task A_provider_gets_leases_while_its_stake_is_there_and_keeps_what_runs_when_it_asks_for_it_back()
    {
        var least = Money.FromTokens(50);
        await using var world = await ChainWorld.StartAsync(
            change: (options, _) => options with { Parameters = options.Parameters with { MinStake = least } });
        var (registry, node) = (world.Grid.ProviderRegistry, await world.NodeAsync());
        using var tenant = world.Client(world.Contracts.Tenant);
        await world.DepositAsync(100);
        await world.FinalizeAsync();
        await Until.Is(
            "the deposit is there", () =>
                tenant.GetAccountAsync(world.Contracts.Tenant.Address), account => account.Deposited > Money.Zero);
        Assert.Equal(1, await ExcludedAsync(world, tenant));

        await world.Contracts.SendAsync(world.Contracts.Node, registry.RegisterSelf(node.Provider));
        await world.Contracts.SendAsync(world.Contracts.Node, world.Grid.Token.Approve(registry.Address, least));
        await world.Contracts.SendAsync(world.Contracts.Node, registry.Stake(node.Provider, least));
        await world.SiloHasLookedAsync(tenant);
        Assert.Equal(1, await ExcludedAsync(world, tenant));
        await world.FinalizeAsync();
        await Until.Is("the stake counts", () => ExcludedAsync(world, tenant), static excluded => excluded == 0);
        var first = await tenant.DeployAsync(world.Silo.Manifest(Manifests.Web), new DeployOptions(Money.FromTokens(1)));
        var running = await tenant.LeaseAsync(
            first.Deployment, "it runs", static lease => lease is { Phase: LeasePhase.Active, Seconds: >= 1 });

        await world.Contracts.SendAsync(world.Contracts.Node, registry.RequestUnstake(node.Provider, new Money(1)));
        await world.FinalizeAsync();
        await Until.Is("what is on its way out counts no more", () => ExcludedAsync(world, tenant), static excluded => excluded == 1);
        var second = await tenant.DeployAsync(world.Silo.Manifest(Manifests.Web), new DeployOptions(Money.FromTokens(1)));
        await Until.Is(
            "it waits", () => tenant.GetDeploymentAsync(second.Deployment), static one => one.Orders is [{ Phase: OrderPhase.Standing }]);
        await tenant.LeaseAsync(
            first.Deployment, "it runs on", lease => lease.Phase == LeasePhase.Active && lease.Seconds > running.Seconds + 2);
    }

    /// <summary>How many providers lack nothing but stake.</summary>
    private static async Task<int> ExcludedAsync(ChainWorld world, GridClient client)
    {
        var screen = await client.ScreenAsync(world.Silo.Manifest(Manifests.Web));
        return screen.Placements[0].Excluded.Where(static excluded => excluded.Filter == HardFilter.Stake).Sum(
            static excluded => excluded.Count);
    }
}
