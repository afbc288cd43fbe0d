using System.Text.Json.Nodes;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Tests.Ethereum.Contracts;

namespace Grid.Tests.Silo.Chain;

/// <summary>Stake, slashes and appeals from the command line, against the real contracts.</summary>
[Collection(ChainCommands.Turns)]
public sealed class CasesOnTheChain
{
    private static readonly SlashSchedule Schedule = new(
        ChainProfile.Development.SlashPpmPerHour, ChainProfile.Development.MaxSlashPpm, ChainProfile.Development.CompensationPpm, ChainProfile.Development.ReporterPpm);

    [Fact]
    public async Task A_silent_provider_is_slashed_by_the_schedule_and_its_tenant_collects()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        using var grid = await StakedAsync(world, 100);
        var fault = await FaultAsync(world, lease: 1, seconds: 36, paid: new Money(500_000));
        await ProposeAsync(world, fault);
        var id = fault.StructHash().ToString();

        var listed = Assert.Single((await grid.RunAsync(null, "slash", "ls"))["cases"]!.AsArray())!;
        var expected = Schedule.AmountRoundedUp(Money.FromTokens(100), Money.Zero, 36);
        Assert.Equal((id, "proposed", "downtime", expected.MicroUnits), (Text(listed, "case"), Text(listed, "state"), Text(listed, "kind"), (long)listed["amount"]!));
        Assert.Empty((await grid.RunAsync(null, "slash", "ls", "--provider", world.Tenant.Address.ToString()))["cases"]!.AsArray());
        var (early, _, error) = await grid.TryAsync(world.Tenant, "slash", "execute", id);
        Assert.True(early == 1 && error.Contains("WindowOpen", StringComparison.Ordinal), error);

        await world.PassAsync(world.Grid.Windows.AppealSeconds);
        var executed = await grid.RunAsync(world.Tenant, "slash", "execute", id);
        var shares = Schedule.Split(expected, fault.Paid);
        Assert.Equal(
            ("executed", shares.Compensation.MicroUnits, shares.Reward.MicroUnits, shares.Burned.MicroUnits),
            (Text(executed, "state"), (long)executed["compensation"]!, (long)executed["reward"]!, (long)executed["burned"]!));
        Assert.Equal(fault.Paid, shares.Compensation);

        var before = await world.ReadAsync(world.Grid.Token.BalanceOf(world.Tenant.Address));
        var collected = await grid.RunAsync(world.Tenant, "slash", "collect");
        Assert.True((ulong)collected["transactions"]![0]!["gas"]! > 21_000);
        Assert.Equal(before + fault.Paid, await world.ReadAsync(world.Grid.Token.BalanceOf(world.Tenant.Address)));
        Assert.Equal(0, (long)(await grid.RunAsync(world.Tenant, "slash", "collect"))["amount"]!);
    }

    [Fact]
    public async Task A_wrong_accusation_is_dismissed_by_the_contract_when_more_than_a_third_had_seen_the_node()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        using var grid = await StakedAsync(world, 100);
        var fault = await FaultAsync(world, lease: 1, seconds: 36, paid: new Money(700_000));
        await ProposeAsync(world, fault);
        var id = fault.StructHash().ToString();
        var receipts = Path.Combine(grid.Folder, "seen.json");

        // One of five is too few; receipts of strangers, of other seconds and of other nodes do not count.
        var useless = new[]
        {
            Seen(world, world.Tenant, fault.FromUnixSeconds),
            Seen(world, world.OperatorKeys[1], fault.ToUnixSeconds),
            Seen(world, world.OperatorKeys[2], fault.FromUnixSeconds - 1),
            new Seen(new ProviderId(world.Tenant.Address), fault.FromUnixSeconds).Sign(world.OperatorKeys[3], world.Grid.Domain),
        };
        var first = Seen(world, world.OperatorKeys[0], fault.FromUnixSeconds);
        Write(receipts, [.. useless, first, Seen(world, world.OperatorKeys[0], fault.FromUnixSeconds + 1)]);
        var (refused, _, error) = await grid.TryAsync(world.Node, "slash", "appeal", id, "--seen", receipts);
        Assert.True(refused == 1 && error.Contains("not more than a third", StringComparison.Ordinal), error);

        Write(receipts, [.. useless, first, Seen(world, world.OperatorKeys[4], fault.ToUnixSeconds - 1)]);
        var appealed = await grid.RunAsync(world.Node, "slash", "appeal", id, "--seen", receipts);

        Assert.Equal(("dismissed", 0L), (Text(appealed, "state"), (long)appealed["compensation"]!));
        var stake = await world.ReadAsync(world.Grid.ProviderRegistry.ProviderOf(Provider(world)));
        Assert.Equal((Money.FromTokens(100), Money.Zero, Money.Zero), (stake.Active, stake.Held, stake.Slashed));
        Assert.Equal(1, (await grid.TryAsync(world.Node, "slash", "appeal", id, "--seen", receipts)).Code);
    }

    [Fact]
    public async Task Stake_that_is_on_its_way_out_is_slashed_all_the_same_and_the_owner_gets_the_rest()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        using var grid = await StakedAsync(world, 100);
        var fault = await FaultAsync(world, lease: 1, seconds: 36, paid: Money.Zero);
        var leaving = await grid.RunAsync(world.Node, "provider", "unstake", "100");
        Assert.Equal((0L, 100_000_000L), ((long)leaving["active"]!, (long)leaving["unbonding"]!));
        Assert.Empty((await grid.RunAsync(world.Node, "provider", "unstake"))["transactions"]!.AsArray());

        await ProposeAsync(world, fault);
        await world.PassAsync(world.Grid.Windows.AppealSeconds);
        await grid.RunAsync(world.Tenant, "slash", "execute", fault.StructHash().ToString());
        await world.PassAsync((long)leaving["readyAtUnixSeconds"]! - await world.NowAsync());
        var left = await grid.RunAsync(world.Node, "provider", "unstake");

        var taken = Schedule.AmountRoundedUp(Money.FromTokens(100), Money.Zero, 36);
        Assert.Equal((0L, taken.MicroUnits), ((long)left["unbonding"]!, (long)left["slashed"]!));
        Assert.Equal(Money.FromTokens(10_000) - taken, await world.ReadAsync(world.Grid.Token.BalanceOf(world.Node.Address)));
    }

    [Fact]
    public async Task A_node_registers_under_an_owner_who_consents()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Development);
        using var grid = new ChainCommands(world.Grid, world.Anvil.Url);
        await grid.TryAsync(world.Tenant, "provider", "stake", "1");
        var owner = Path.Combine(grid.Folder, world.Tenant.Address + ".json");

        var answer = await grid.RunAsync(world.Node, "provider", "register", "--owner-wallet", owner, "--owner-passphrase-file", Path.Combine(grid.Folder, "passphrase"));

        Assert.Equal((Provider(world).ToString(), world.Tenant.Address.ToString()), (Text(answer, "provider"), Text(answer, "owner")));
        Assert.Empty((await grid.RunAsync(world.Node, "provider", "register"))["transactions"]!.AsArray());
    }

    private static async Task<ChainCommands> StakedAsync(ContractWorld world, long tokens)
    {
        await world.JoinAsync(Money.FromTokens(2_000));
        var grid = new ChainCommands(world.Grid, world.Anvil.Url);
        await grid.RunAsync(world.Node, "provider", "register");
        var staked = await grid.RunAsync(world.Node, "provider", "stake", $"{tokens}");
        Assert.Equal(["approve", "stake"], staked["transactions"]!.AsArray().Select(static sent => (string)sent!["name"]!));
        return grid;
    }

    private static async Task<Fault> FaultAsync(ContractWorld world, byte lease, long seconds, Money paid)
    {
        var to = await world.NowAsync();
        return new Fault(
            FaultKind.Downtime, Provider(world), new LeaseId(Keccak256.Hash([lease])), world.Tenant.Address, to - seconds, to, paid, world.OperatorKeys[0].Address);
    }

    /// <summary>Four of five operators sign.</summary>
    private static async Task ProposeAsync(ContractWorld world, Fault fault)
    {
        var votes = world.OperatorKeys.Take(4).Select(key => new OperatorVote(key.Address, fault.Sign(key, world.Grid.Domain).Signature));
        await world.SendAsync(world.OperatorKeys[0], world.Grid.SlashingCourt.Propose(fault, votes));
    }

    private static Signed<Seen> Seen(ContractWorld world, PrivateKey key, long at) => new Seen(Provider(world), at).Sign(key, world.Grid.Domain);

    private static void Write(string path, Signed<Seen>[] receipts) => File.WriteAllText(
        path,
        new JsonArray([.. receipts.Select(static receipt => (JsonNode)new JsonObject
        {
            ["value"] = new JsonObject { ["provider"] = receipt.Value.Provider.ToString(), ["atUnixSeconds"] = receipt.Value.AtUnixSeconds },
            ["signature"] = receipt.Signature.ToString(),
        })]).ToJsonString());

    private static ProviderId Provider(ContractWorld world) => new(world.Node.Address);

    private static string Text(JsonNode node, string field) => (string)node[field]!;
}
