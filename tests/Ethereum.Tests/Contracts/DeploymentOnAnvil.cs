using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Tests.Ethereum.Anvil;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Contracts;

public sealed class DeploymentOnAnvil
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grid_is_deployed_joined_deposited_into_and_staked_in()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Standard);
        var (grid, op, node) = (world.Grid, world.OperatorKeys[0].Address, new ProviderId(world.Node.Address));
        await world.JoinAsync(Money.FromTokens(2_000));
        await world.DepositAsync(world.Tenant, op, Money.FromTokens(70));
        await world.SendAsync(world.Node, grid.ProviderRegistry.RegisterSelf(node));
        await world.SendAsync(world.Node, grid.Token.Approve(grid.Contracts.ProviderRegistry, Money.FromTokens(50)));
        await world.SendAsync(world.Node, grid.ProviderRegistry.Stake(node, Money.FromTokens(50)));

        var bonded = await world.ReadAsync(grid.OperatorRegistry.OperatorOf(op));
        Assert.Equal((Money.FromTokens(2_000), OperatorState.Joined, true), (bonded.Weight, bonded.State, bonded.IsActive));
        Assert.Equal(Money.FromTokens(10_000), await world.ReadAsync(grid.OperatorRegistry.TotalWeight()));
        var account = await world.ReadAsync(grid.Escrow.AccountOf(op, world.Tenant.Address));
        Assert.Equal((Money.FromTokens(70), 1u), (account.Balance, account.Number));
        Assert.Equal(Money.FromTokens(70), (await world.ReadAsync(grid.Escrow.LedgerOf(op))).Pool);
        Assert.Equal(Money.FromTokens(9_930), await world.ReadAsync(grid.Token.BalanceOf(world.Tenant.Address)));
        var provider = await world.ReadAsync(grid.ProviderRegistry.ProviderOf(node));
        Assert.Equal((world.Node.Address, Money.FromTokens(50)), (provider.Owner, provider.Active));
        Assert.Equal(0UL, await world.ReadAsync(grid.AttestationLedger.CurrentEra()) / 2);
        Assert.True(await world.ReadAsync(grid.GridParameters.HasRole(ParameterRoles.Court, grid.Contracts.SlashingCourt)));
        Assert.Equal(10_000UL, await world.ReadAsync(grid.GridParameters.Get(ParameterKeys.SlashPpmPerHour(FaultKind.Downtime))));
        Assert.Equal(grid.Domain.Separator, await world.ReadAsync(grid.Escrow.DomainSeparator()));
    }

    [Fact]
    public async Task Every_event_of_a_deployment_and_of_what_follows_is_read()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        var op = world.OperatorKeys[0].Address;
        await world.JoinAsync(Money.FromTokens(2_000));
        await world.DepositAsync(world.Tenant, op, Money.FromTokens(70));
        var events = new ChainEvents(world.Grid);
        var head = (await world.Chain.GetBlockAsync(BlockTag.Latest, s_token))!.Number;

        var logs = await world.Chain.GetLogsAsync(events.Filter, world.Grid.Start.Number + 1, head, s_token);
        var told = logs.Select(log => events.Decode(log)!.Event).ToArray();

        Assert.Contains(new EscrowEvent.Deposited(op, world.Tenant.Address, Money.FromTokens(70), 0), told);
        Assert.Contains(new OperatorEvent.Activated(op, Money.FromTokens(2_000)), told);
        Assert.Contains(new ParameterEvent.RoleChanged(ParameterRoles.BondLocker, world.Grid.Contracts.Escrow, true), told);
        Assert.Equal(ContractWorld.Operators, told.OfType<OperatorEvent.Bonded>().Count());
        Assert.Null(events.Decode(logs[0] with { Address = Address.Zero }));
    }

    [Fact]
    public async Task Each_transaction_of_a_deployment_is_reported_with_its_gas()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);

        Assert.Equal(
            ContractArtifact.Names.Select(name => "deploy " + name), world.Report.Transactions.Select(transaction => transaction.Name));
        Assert.All(world.Report.Transactions, transaction => Assert.InRange(transaction.GasUsed, 100_000UL, 16_777_216UL));
    }

    [Fact]
    public async Task What_a_contract_refuses_is_named()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        var stranger = world.Rich.Address;

        var read = await Assert.ThrowsAsync<ContractException>(() => world.ReadAsync(world.Grid.GridParameters.Get(Hash256.Zero)));
        var sent = await Assert.ThrowsAsync<ContractException>(
            () => world.SendAsync(world.Tenant, world.Grid.Escrow.Deposit(stranger, stranger, new Money(1))));
        var elsewhere = await Assert.ThrowsAsync<ContractException>(() => world.ReadAsync(new EscrowContract(stranger).LedgerOf(stranger)));

        Assert.Contains($"UnknownParameter({Hash256.Zero})", read.Message, StringComparison.Ordinal);
        Assert.Contains($"OperatorNotActive({stranger})", sent.Message, StringComparison.Ordinal);
        Assert.Contains("chain.json", elsewhere.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(33)]
    public async Task A_deployment_that_was_cut_off_goes_on_where_it_stopped(int effect)
    {
        await using var anvil = await AnvilNode.StartAsync();
        await anvil.AskAsync("evm_setAutomine", "[true]");
        using var key = AnvilNode.RichKey();
        var plan = await DeploymentPlan.MakeAsync(
            anvil.Chain, key.Address, ChainProfile.Development, key.Address, default, key.Address, default, s_token);
        var (store, killer) = (new MemoryStore(), new Killer());
        killer.Arm(effect, isAfter: true);
        using (var first = new TransactionQueue(
                   new KillableChain(anvil.Chain, killer),
                   new KeySigner(key),
                   new KillableStore(store, killer),
                   ContractWorld.Policy,
                   TimeProvider.System))
        {
            await Assert.ThrowsAsync<KilledException>(
                () => new GridDeployer(anvil.Chain, first, TimeProvider.System).DeployAsync(plan, s_token));
        }

        using var second = new TransactionQueue(anvil.Chain, new KeySigner(key), store, ContractWorld.Policy, TimeProvider.System);
        var report = await new GridDeployer(anvil.Chain, second, TimeProvider.System).DeployAsync(plan, s_token);
        var again = await new GridDeployer(anvil.Chain, second, TimeProvider.System).DeployAsync(plan, s_token);

        Assert.Equal(report.Transactions, again.Transactions);
        Assert.Equal(
            (ulong)report.Transactions.Count, await anvil.Chain.GetNonceAsync(key.Address, BlockTag.Latest, s_token) - plan.FirstNonce);
        Assert.Equal(
            Hash256.Zero, await anvil.Chain.ReadAsync(report.Deployment.Escrow.FinalRootOf(key.Address), BlockTag.Latest, s_token));
    }

    [Fact]
    public async Task A_root_is_posted_finalized_and_claimed()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        var (grid, op) = (world.Grid, world.OperatorKeys[0]);
        await world.JoinAsync(Money.FromTokens(2_000));
        await world.DepositAsync(world.Tenant, op.Address, Money.FromTokens(70));
        var node = new ProviderId(world.Node.Address);
        var trees = new SettlementTrees(
            [new PayerLeaf(world.Tenant.Address, new Money(1_000_000), Money.Zero, 1, Keccak256.Hash("authorization"u8))],
            [new ProviderLeaf(node.Value, new Money(990_000))],
            [new LeaseLeaf(new LeaseId(Keccak256.Hash("lease"u8)), new Money(1_000_000))]);

        await world.SendAsync(op, grid.Escrow.PostRoot(SettlementRoot.None, trees.Root));
        var pending = await world.ReadAsync(grid.Escrow.PendingOf(op.Address));
        await world.PassAsync(grid.Windows.DisputeSeconds);
        await world.SendAsync(world.Rich, grid.Escrow.FinalizeRoot(op.Address));
        await world.SendAsync(world.Rich, grid.Escrow.Claim(op.Address, node, trees.ProviderAt(0)));

        Assert.Equal((trees.Root.Commitment(), true), (pending.Commitment, pending.IsOpen));
        Assert.Equal(trees.Root.Commitment(), await world.ReadAsync(grid.Escrow.FinalRootOf(op.Address)));
        Assert.Equal(new Money(990_000), await world.ReadAsync(grid.Escrow.EarnedPaid(op.Address, node)));
        Assert.Equal(Money.FromTokens(10_000) + new Money(990_000), await world.ReadAsync(grid.Token.BalanceOf(world.Node.Address)));
    }
}
