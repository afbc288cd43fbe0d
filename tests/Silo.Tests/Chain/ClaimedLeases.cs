using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Settlement;
using Grid.Protocol.Slashing;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

/// <summary>A provider whose operator has vanished, from the command line against the real contracts.</summary>
[Collection(ChainCommands.Turns)]
public sealed class ClaimedLeases
{
    private static readonly ChainProfile s_slow = ChainProfile.Development with
    {
        Windows = ChainProfile.Development.Windows with { DisputeSeconds = 600, SilenceSeconds = 1_200, ExitSeconds = 2_400 },
    };

    [Fact]
    public async Task What_a_node_has_kept_gives_up_a_vanished_operator_claims_its_leases_and_collects()
    {
        await using var world = await ChainWorld.StartAsync(s_slow);
        using var grid = new ChainCommands(world.Grid, world.Contracts.Anvil.Url);
        var node = await world.NodeAsync();
        using (var tenant = world.Client(world.Contracts.Tenant))
        {
            await world.DepositAsync(100);
            await world.FinalizeAsync();
            await Until.Is(
                "the deposit is there", () => tenant.GetAccountAsync(world.Contracts.Tenant.Address), one => one.Deposited > Money.Zero);
            var deployed = await tenant.DeployAsync(world.Silo.Manifest(Manifests.Web), new DeployOptions());
            await tenant.LeaseAsync(deployed.Deployment, "it runs", static lease => lease is { Phase: LeasePhase.Active, Seconds: >= 2 });
        }

        await world.Contracts.PassAsync(2);
        var pending = await Until.Is(
            "a root stands open", () => world.Contracts.ReadAsync(world.Grid.Escrow.PendingOf(world.Operator)), static root => root.IsOpen);
        await Until.Is("the node was shown it", () => Task.FromResult(Shown(node)), shown => shown.Any(
            one => one.Proof.Root.Commitment() == pending.Commitment));
        await world.Silo.StopSiloAsync();
        var folder = await KeepAsync(world, grid, node);

        var early = await RunAsync(world, grid, folder);
        Assert.Equal((false, 0), ((bool)early["isAbandoned"]!, Names(early).Length));
        await world.Contracts.PassAsync(s_slow.Windows.SilenceSeconds + 1);
        Assert.Equal(["finalize root", "abandon", "claim by lease"], Names(await RunAsync(world, grid, folder)));
        var open = await RunAsync(world, grid, folder);
        Assert.Equal(("open", 0), ((string)Claim(open)["state"]!, Names(open).Length));

        await world.Contracts.PassAsync(s_slow.Windows.DisputeSeconds);
        var before = await world.Contracts.ReadAsync(world.Grid.Token.BalanceOf(node.Provider.Value));
        var paid = await RunAsync(world, grid, folder);
        Assert.Equal(["pay claim", "collect"], Names(paid));
        var collected = await world.Contracts.ReadAsync(world.Grid.Token.BalanceOf(node.Provider.Value)) - before;
        Assert.Equal((collected.MicroUnits, true), ((long)paid["collected"]!, collected > Money.Zero));
        var done = await RunAsync(world, grid, folder);
        Assert.Equal(("paid", 0), ((string)Claim(done)["state"]!, Names(done).Length));
    }

    /// <summary>As a node keeps it in its data folder.</summary>
    private static async Task<string> KeepAsync(ChainWorld world, ChainCommands grid, FakeNode node)
    {
        var folder = Path.Combine(grid.Folder, "node");
        var claims = Directory.CreateDirectory(Path.Combine(folder, "claims", world.Operator.ToString()));
        foreach (var lease in node.Ever.Values)
        {
            var evidence = new LeaseEvidence(lease.Proposal.Authorization, lease.Opening!, lease.PaidThrough!, lease.LastReceipt!);
            await File.WriteAllTextAsync(
                Path.Combine(claims.FullName, $"{lease.Id}.json"), JsonSerializer.Serialize(
                    evidence, GridJsonContext.Default.LeaseEvidence));
        }

        var earnings = Directory.CreateDirectory(Path.Combine(folder, "earnings"));
        var kept = new KeptEarnings(
            [.. Shown(node).Select(static one => one.Proof)], [.. Shown(node).SelectMany(static one => one.Payers ?? [])]);
        await File.WriteAllTextAsync(
            Path.Combine(earnings.FullName, $"{world.Operator}.json"), JsonSerializer.Serialize(
                kept, GridJsonContext.Default.KeptEarnings));
        return folder;
    }

    private static SettlementShown[] Shown(FakeNode node) => [.. node.Received.OfType<SettlementShown>()];

    private static Task<JsonNode> RunAsync(ChainWorld world, ChainCommands grid, string folder) =>
        grid.RunAsync(world.Contracts.Node, "provider", "claim-leases", folder, "--from", world.Operator.ToString());

    private static JsonNode Claim(JsonNode answer) => Assert.Single(answer["claims"]!.AsArray())!;

    private static string[] Names(JsonNode answer) =>
        [.. answer["transactions"]!.AsArray().Select(static sent => (string)sent!["name"]!)];
}
