using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

/// <summary>Few random schedules on a real chain and a real silo; many run against a model of the contract in the grains' tests.</summary>
public sealed class SchedulesOnTheChain
{
    private const int Steps = 10;

    private static int Schedules => Environment.GetEnvironmentVariable("GRID_LONG_TESTS") == "1" ? 10 : 1;

    [Fact]
    public async Task After_deposits_leases_restarts_reorgs_outages_and_withdrawals_chain_and_ledger_agree_to_the_micro_unit()
    {
        for (var seed = 1; seed <= Schedules; seed++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
            await PlayAsync(seed);
        }
    }

    private static async Task PlayAsync(int seed)
    {
        await using var world = await ChainWorld.StartAsync();
        var (payer, random, charged) = (world.Contracts.Tenant.Address, new Random(seed), Money.Zero);
        await world.DepositAsync(50);
        await world.FinalizeAsync();
        for (var step = 0; step < Steps; step++)
        {
            using var tenant = world.Client(world.Contracts.Tenant);
            switch (random.Next(6))
            {
                case 0:
                    await world.DepositAsync(random.Next(1, 20));
                    if (random.Next(2) == 0) await world.Contracts.Anvil.ReorgAsync(random.Next(1, 3));
                    break;
                case 1 or 2:
                    charged += await LeaseAsync(world, tenant);
                    break;
                case 3:
                    await WithdrawAsync(world, tenant, new Money(random.Next(1, 3_000_000)));
                    break;
                case 4:
                    await world.Silo.StopSiloAsync();
                    await world.Silo.StartSiloAsync();
                    break;
                default:
                    world.Wire.Cut();
                    await world.Contracts.PassAsync(1);
                    world.Wire.Mend();
                    break;
            }

            await world.FinalizeAsync();
        }

        await AgreeAsync(world, charged);
    }

    private static async Task AgreeAsync(ChainWorld world, Money charged)
    {
        using var tenant = world.Client(world.Contracts.Tenant);
        var (payer, escrow) = (world.Contracts.Tenant.Address, world.Grid.Escrow);
        if (charged > Money.Zero) await world.SettledAsync(tenant, charged);
        var account = await world.Contracts.ReadAsync(escrow.AccountOf(world.Operator, payer));
        var mirrored = await world.RunUntilAsync("the mirror is there", () => tenant.GetAccountAsync(payer), status => status.Deposited == account.Balance);
        var leaf = (await tenant.GetPayerSettlementAsync(payer)).Final?.Leaf ?? PayerLeaf.None;

        Assert.Equal((charged, charged, Money.Zero), (mirrored.Charged, leaf.Charged, mirrored.Held));
        Assert.True(mirrored.Available <= account.Balance - charged, "only what is set aside for a withdrawal is missing");
    }

    private static async Task<Money> LeaseAsync(ChainWorld world, GridClient tenant)
    {
        await Until.Is("the deposit is there", () => tenant.GetAccountAsync(world.Contracts.Tenant.Address), static account => account.Deposited > Money.Zero);
        var node = await world.NodeAsync();
        var charged = (await world.RunLeaseAsync(tenant)).Charged;
        await Until.True("the node has been released", () => node.Leases.IsEmpty);
        await node.HangUpAsync();
        return charged;
    }

    /// <summary>
    /// With what the operator shows; where a root still holds the amount, the contract refuses, and the money is free again later.
    /// </summary>
    private static async Task WithdrawAsync(ChainWorld world, GridClient tenant, Money amount)
    {
        try
        {
            var signed = await tenant.WithdrawAsync(world.Contracts.Tenant.Address, amount);
            await world.Contracts.SendAsync(
                world.Contracts.Tenant,
                world.Grid.Escrow.Withdraw(signed.Withdrawal, signed.Settlement.Final ?? PayerProof.None, signed.Settlement.Open ?? PayerProof.None));
        }
        catch (Exception refused) when (refused is GridException or Grid.Chain.Ethereum.Contracts.ContractException)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"not withdrawn: {refused.Message}");
        }
    }
}
