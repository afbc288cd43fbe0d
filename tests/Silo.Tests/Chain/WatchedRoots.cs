using System.Text.Json.Nodes;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Tests.Silo.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Grid.Tests.Silo.Chain;

/// <summary>A payer's client against operators that lie and providers that claim too much, on the real contracts.</summary>
[Collection(ChainCommands.Turns)]
public sealed class WatchedRoots
{
    private static readonly ChainProfile s_slow = ChainProfile.Development with
    {
        Windows = ChainProfile.Development.Windows with { DisputeSeconds = 600, SilenceSeconds = 1_200, ExitSeconds = 2_400 },
    };

    [Fact]
    public async Task A_root_that_charges_what_the_payer_never_allowed_is_challenged_and_void_and_the_bond_pays()
    {
        await using var world = await ChainWorld.StartAsync(s_slow);
        using var grid = new ChainCommands(world.Grid, world.Contracts.Anvil.Url);
        var (liar, payer, windows) = (world.Contracts.OperatorKeys[1], world.Contracts.Tenant, world.Grid.Windows);
        await world.Contracts.DepositAsync(payer, liar.Address, Money.FromTokens(50));
        var trees = new SettlementTrees(
            [new PayerLeaf(payer.Address, Money.FromTokens(30), Money.Zero, 1, Keccak256.Hash([1]))],
            [new ProviderLeaf(world.Contracts.Rich.Address, Money.FromTokens(30))], []);
        await world.Contracts.SendAsync(liar, world.Grid.Escrow.PostRoot(SettlementRoot.None, trees.Root));

        // The operator may be away for a moment only: it has half of the window to show the leaf.
        await using var nonsense = await NonsenseAsync();
        var early = await WatchAsync(world, grid, liar.Address, url: new Uri(nonsense.Urls.Single()));
        Assert.Equal(("missing", 0), (FaultOf(early), Names(early).Length));
        await world.Contracts.PassAsync(windows.DisputeSeconds / 2);
        Assert.Equal(["approve", "challenge"], Names(await WatchAsync(world, grid, liar.Address)));
        Assert.Empty(Names(await WatchAsync(world, grid, liar.Address)));
        await world.Contracts.PassAsync(windows.DisputeSeconds);
        var before = await world.Contracts.ReadAsync(world.Grid.Token.BalanceOf(payer.Address));
        var done = await WatchAsync(world, grid, liar.Address);

        Assert.Equal(["void root", "reclaim fee", "collect", "collect"], Names(done));
        Assert.False((await world.Contracts.ReadAsync(world.Grid.Escrow.PendingOf(liar.Address))).IsOpen);
        var penalty = Money.FromTokens(30) + s_slow.VoidPenalty;
        Assert.Equal(
            Money
                .FromTokens(2_000) - penalty, (await world.Contracts.ReadAsync(world.Grid.OperatorRegistry.OperatorOf(liar.Address))).Bond);
        var share = new Money(penalty.MicroUnits / 10);
        Assert.Equal(before + world.Grid.ChallengeFee + share, await world.Contracts.ReadAsync(world.Grid.Token.BalanceOf(payer.Address)));
        Assert.Empty(Names(await WatchAsync(world, grid, liar.Address, code: 0)));
    }

    [Fact]
    public async Task An_honest_root_is_found_right_and_what_was_kept_answers_a_provider_that_claims_too_much_when_the_operator_has_vanished()
    {
        await using var world = await ChainWorld.StartAsync(s_slow);
        using var grid = new ChainCommands(world.Grid, world.Contracts.Anvil.Url);
        var (payer, windows, escrow) = (world.Contracts.Tenant, world.Grid.Windows, world.Grid.Escrow);
        var node = await world.NodeAsync();
        using var tenant = world.Client(payer);
        await world.DepositAsync(100);
        await world.FinalizeAsync();
        await Until.Is(
            "the deposit is there", () => tenant.GetAccountAsync(payer.Address), account => account.Deposited == Money.FromTokens(100));
        var lease = await world.RunLeaseAsync(tenant);
        await world.Contracts.PassAsync(2);
        await Until.Is(
            "a root stands open", () => world.Contracts.ReadAsync(escrow.PendingOf(world.Operator)), static pending => pending.IsOpen);

        var honest = await WatchAsync(world, grid, world.Operator, code: 0);
        Assert.Equal(("none", lease.Charged.MicroUnits, lease.Charged.MicroUnits), (
            FaultOf(honest), (long)Account(honest)["root"]!["charged"]!, (long)Account(honest)["billed"]!));
        await world.Contracts.PassAsync(windows.DisputeSeconds);
        await Until.Is("it is final", () => world.Contracts.ReadAsync(escrow.PendingOf(world.Operator)), static pending => !pending.IsOpen);
        await world.RunUntilAsync(
            "the operator knows that it is final", () => tenant.GetSettlementAsync(), static settlement => settlement.FinalBatch > 0);
        await WatchAsync(world, grid, world.Operator, code: 0);

        var closed = (await tenant.GetReceiptsAsync(lease.Lease)).Close!.Value.Seconds;
        await world.Silo.StopSiloAsync();
        var kept = Assert.Single(node.Ever.Values);
        await world.Contracts.PassAsync(windows.SilenceSeconds + windows.DisputeSeconds + 1);
        if ((await world.Contracts.ReadAsync(escrow.PendingOf(world.Operator))).IsOpen)
            await world.Contracts.SendAsync(world.Contracts.Rich, escrow.FinalizeRoot(world.Operator));
        await world.Contracts.SendAsync(world.Contracts.Rich, escrow.Abandon(world.Operator));
        var seconds = kept.PaidThrough!.Value.Seconds;
        Assert.True(seconds > closed, $"{seconds} s were paid, the lease was closed at {closed} s");
        var rate = kept.Opening!.Value.RatePerHour;
        var greedy = new Receipt(kept.Id, seconds, rate.ChargeRoundedDown(seconds), default, default).Sign(node.Key, world.Grid.Domain);
        await world.Contracts.SendAsync(world.Contracts.Rich, world.Grid.LeaseClaims.ClaimByLease(
            new LeaseEvidence(kept.Proposal.Authorization, kept.Opening, kept.PaidThrough, greedy)));

        var answered = await WatchAsync(world, grid, world.Operator, code: 0);
        Assert.Equal(["lower by close", "lower by settled"], Names(answered));
        var claim = await world.Contracts.ReadAsync(world.Grid.LeaseClaims.ClaimOf(kept.Id));
        Assert.Equal((rate.ChargeRoundedDown(closed), lease.Charged), (claim.Amount, claim.Settled));
        Assert.Empty(Names(await WatchAsync(world, grid, world.Operator, code: 0)));
    }

    /// <summary>An operator that answers whatever it is asked, so that nothing is understood.</summary>
    private static async Task<WebApplication> NonsenseAsync()
    {
        var nonsense = WebApplication.CreateSlimBuilder().Build();
        nonsense.Urls.Add("http://127.0.0.1:0");
        nonsense.MapFallback(static () => Results.Text("[]", "application/json"));
        await nonsense.StartAsync();
        return nonsense;
    }

    private static async Task<JsonNode> WatchAsync(ChainWorld world, ChainCommands grid, Address @operator, int code = 1, Uri? url = null)
    {
        string[] words = ["wallet", "watch", "--once", "--from", @operator.ToString(), "--url", (url ?? world.SiloUrl).ToString()];
        var (exit, answer, error) = await grid.TryAsync(world.Contracts.Tenant, words);
        Assert.True(exit == code, $"{exit} {answer.ToJsonString()} {error}");
        return answer;
    }

    private static JsonNode Account(JsonNode answer) => Assert.Single(answer["accounts"]!.AsArray())!;

    private static string FaultOf(JsonNode answer) => (string)Account(answer)["root"]!["fault"]!;

    private static string[] Names(JsonNode answer) =>
        [.. Account(answer)["transactions"]!.AsArray().Select(static sent => (string)sent!["name"]!)];
}
