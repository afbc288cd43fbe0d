using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Settlement;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

public sealed class MoneyOnTheChain
{
    [Fact]
    public async Task A_deposit_pays_for_leases_once_it_is_final_and_what_they_charge_is_settled_claimed_and_withdrawn_to_the_micro_unit()
    {
        await using var world = await ChainWorld.StartAsync();
        var node = await world.NodeAsync();
        using var tenant = world.Client(world.Contracts.Tenant);
        var payer = world.Contracts.Tenant.Address;
        await world.DepositAsync(100);
        await world.SiloHasLookedAsync(tenant);

        Assert.Equal(Money.Zero, (await tenant.GetAccountAsync(payer)).Deposited);
        await world.FinalizeAsync();
        await Until.Is("the deposit is there", () => tenant.GetAccountAsync(payer), account => account.Deposited == Money.FromTokens(100));

        var lease = await world.RunLeaseAsync(tenant);
        var settlement = await world.SettledAsync(tenant, lease.Charged);
        var mine = await tenant.GetPayerSettlementAsync(payer);
        using var provider = world.Client(node.Key);
        var earned = (await provider.GetProviderSettlementAsync(node.Provider.Value)).Final!;
        var shown = await provider.GetLeaseSettlementAsync(lease.Lease);

        Assert.Contains(node.Received.OfType<SettlementShown>(), shown => shown.Proof.Root == earned.Root && shown.Proof.Earned == earned.Earned);
        Assert.Equal((lease.Charged, Money.Zero), (mine.Final!.Leaf.Charged, mine.Final.Leaf.Held));
        Assert.True(mine.Final.IsAt(mine.Account!.Value) && earned.Shows(node.Provider.Value) && shown.Final!.Shows(lease.Lease));
        Assert.Equal(lease.Charged, earned.Earned + settlement.FinalRoot!.Fees);

        var before = await world.Contracts.ReadAsync(world.Grid.Token.BalanceOf(node.Provider.Value));
        await world.Contracts.SendAsync(world.Contracts.Rich, world.Grid.Escrow.Claim(world.Operator, node.Provider, earned));
        Assert.Equal(before + earned.Earned, await world.Contracts.ReadAsync(world.Grid.Token.BalanceOf(node.Provider.Value)));

        var rest = Money.FromTokens(100) - lease.Charged;
        Assert.Equal(rest, (await tenant.GetAccountAsync(payer)).Available);
        var withdrawal = await tenant.WithdrawAsync(payer, rest);
        var promised = await tenant.GetAccountAsync(payer);
        Assert.Equal((rest, Money.Zero), (promised.Reserved, promised.Available));
        Assert.Equal(withdrawal.Withdrawal, (await tenant.WithdrawAsync(payer, rest)).Withdrawal);
        await world.Contracts.SendAsync(
            world.Contracts.Tenant, world.Grid.Escrow.Withdraw(withdrawal.Withdrawal, withdrawal.Settlement.Final!, withdrawal.Settlement.Open ?? PayerProof.None));
        var account = await world.RunUntilAsync("the withdrawal is seen", () => tenant.GetAccountAsync(payer), account => account.Deposited == lease.Charged);
        Assert.Equal(Money.Zero, account.Available);

        var ledger = await world.RunUntilAsync(
            "the fees are collected", () => world.Contracts.ReadAsync(world.Grid.Escrow.LedgerOf(world.Operator)), ledger => ledger.FeesPaid == settlement.FinalRoot.Fees);
        Assert.Equal(Money.Zero, ledger.Pool);
    }

    [Fact]
    public async Task A_deposit_that_a_reorg_takes_away_was_never_there()
    {
        await using var world = await ChainWorld.StartAsync();
        using var tenant = world.Client(world.Contracts.Tenant);
        await world.DepositAsync(100);
        await world.SiloHasLookedAsync(tenant);

        await world.Contracts.Anvil.ReorgAsync(3);
        await world.FinalizeAsync();
        await Until.Is("what replaced it is followed", () => tenant.GetChainAsync(), info => info.BehindBlocks == 0 && info.FollowedTo > world.Grid.Start.Number + 40);
        Assert.Equal(Money.Zero, (await tenant.GetAccountAsync(world.Contracts.Tenant.Address)).Deposited);
        await world.DepositAsync(30);

        var account = await world.RunUntilAsync(
            "both deposits are final", () => tenant.GetAccountAsync(world.Contracts.Tenant.Address), account => account.Deposited == Money.FromTokens(130));
        Assert.Equal(Money.FromTokens(130), account.Available);
    }

    [Fact]
    public async Task A_root_that_a_reorg_took_away_is_posted_again_and_a_challenge_of_it_is_answered()
    {
        await using var world = await ChainWorld.StartAsync();
        var node = await world.NodeAsync();
        using var tenant = world.Client(world.Contracts.Tenant);
        await world.DepositAsync(100);
        await world.FinalizeAsync();
        await Until.Is("the deposit is there", () => tenant.GetAccountAsync(world.Contracts.Tenant.Address), account => account.Deposited == Money.FromTokens(100));
        var lease = await world.RunLeaseAsync(tenant);

        var pending = await PostedAsync(world);
        await world.Contracts.Anvil.ReorgAsync(2);
        Assert.False((await world.Contracts.ReadAsync(world.Grid.Escrow.PendingOf(world.Operator))).IsOpen);
        Assert.Equal(pending.Commitment, (await PostedAsync(world)).Commitment);

        await world.Contracts.SendAsync(world.Contracts.Rich, world.Grid.Token.Approve(world.Grid.Contracts.Escrow, world.Grid.ChallengeFee));
        await world.Contracts.SendAsync(world.Contracts.Rich, world.Grid.Escrow.Challenge(world.Operator, 0));
        await Until.Is("it is answered", () => world.Contracts.ReadAsync(world.Grid.Escrow.PendingOf(world.Operator)), root => root.OpenChallenges == 0);
        Assert.Equal(pending.Commitment, (await world.Contracts.ReadAsync(world.Grid.Escrow.PendingOf(world.Operator))).Commitment);

        await world.SettledAsync(tenant, lease.Charged);
        Assert.Equal(world.Grid.ChallengeFee, await world.Contracts.ReadAsync(world.Grid.Escrow.OwedTo(world.Operator)));
    }

    [Fact]
    public async Task When_the_operator_vanishes_the_provider_claims_by_lease_and_the_payer_leaves_with_the_rest()
    {
        await using var world = await ChainWorld.StartAsync();
        var node = await world.NodeAsync();
        var (payer, escrow) = (world.Contracts.Tenant, world.Grid.Escrow);
        using (var tenant = world.Client(payer))
        {
            await world.DepositAsync(100);
            await world.FinalizeAsync();
            await Until.Is("the deposit is there", () => tenant.GetAccountAsync(payer.Address), account => account.Deposited == Money.FromTokens(100));
            var deployed = await tenant.DeployAsync(world.Silo.Manifest(Manifests.Web), new DeployOptions());
            await tenant.LeaseAsync(deployed.Deployment, "two seconds are billed", static lease => lease is { Phase: LeasePhase.Active, Seconds: >= 2 });
        }

        await world.Silo.StopSiloAsync();
        var kept = Assert.Single(node.Ever.Values);
        await world.Contracts.SendAsync(payer, escrow.RequestExit(world.Operator));
        await world.Contracts.PassAsync(world.Grid.Windows.SilenceSeconds + 1);
        await world.Contracts.SendAsync(world.Contracts.Rich, escrow.Abandon(world.Operator));
        await world.Contracts.SendAsync(world.Contracts.Rich, world.Grid.LeaseClaims.ClaimByLease(
            new LeaseEvidence(kept.Proposal.Authorization, kept.Opening!, kept.PaidThrough!, kept.LastReceipt!)));
        await world.Contracts.PassAsync(world.Grid.Windows.DisputeSeconds);
        await world.Contracts.SendAsync(world.Contracts.Rich, world.Grid.LeaseClaims.PayClaim(kept.Id, PayerProof.None));
        await world.Contracts.PassAsync(world.Grid.Windows.ExitSeconds);
        await world.Contracts.SendAsync(payer, escrow.CompleteExit(world.Operator, PayerProof.None, PayerProof.None));

        var charged = kept.LastReceipt!.Value.Charged;
        var owed = await world.Contracts.ReadAsync(escrow.OwedTo(node.Provider.Value));
        var ledger = await world.Contracts.ReadAsync(escrow.LedgerOf(world.Operator));
        Assert.True(charged > Money.Zero && owed > Money.Zero && owed <= charged, $"{owed} of {charged}");
        Assert.Equal((Money.FromTokens(100) - charged, charged, Money.Zero), (ledger.Withdrawn, ledger.LeasePaid, ledger.Pool));
    }

    private static async Task<PendingRoot> PostedAsync(ChainWorld world)
    {
        await world.Contracts.PassAsync(2);
        return await Until.Is("a root stands open", () => world.Contracts.ReadAsync(world.Grid.Escrow.PendingOf(world.Operator)), static pending => pending.IsOpen);
    }
}
