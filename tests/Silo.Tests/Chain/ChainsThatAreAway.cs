using Grid.Protocol;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

public sealed class ChainsThatAreAway
{
    [Fact]
    public async Task While_the_chain_is_away_leases_open_run_and_are_billed_on_what_is_deposited_and_settlement_catches_up()
    {
        await using var world = await ChainWorld.StartAsync();
        var payer = world.Contracts.Tenant.Address;
        await world.DepositAsync(100);
        await world.FinalizeAsync();
        Money charged;
        using (var tenant = world.Client(world.Contracts.Tenant))
        {
            await Until.Is("the deposit is there", () => tenant.GetAccountAsync(payer), account => account.Deposited == Money.FromTokens(100));
            await world.NodeAsync();

            world.Wire.Cut();
            await Until.Is("the silo notices", () => tenant.GetChainAsync(), static info => info.Fault is not null);
            charged = (await world.RunLeaseAsync(tenant)).Charged;

            var account = await Until.Is("the lease is paid", () => tenant.GetAccountAsync(payer), account => account.Charged == charged && account.Held == Money.Zero);
            Assert.Equal(Money.FromTokens(100) - charged, account.Available);
            Assert.Contains("away", await world.Silo.Http.GetStringAsync("/readyz"), StringComparison.Ordinal);
        }

        await world.Silo.StopSiloAsync();
        await world.Silo.StartSiloAsync();
        using var again = world.Client(world.Contracts.Tenant);
        Assert.Equal(Money.FromTokens(100), (await again.GetAccountAsync(payer)).Deposited);

        world.Wire.Mend();
        await Until.Is("the chain is back", () => again.GetChainAsync(), static info => info is { Fault: null, FinalBlock: not null });
        await world.SettledAsync(again, charged);
    }
}
