using System.Diagnostics;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Tests.Ethereum.Contracts;

namespace Grid.Tests.Ethereum.Solidity;

/// <summary>
/// A payer and a provider get what is theirs with <c>cast</c> alone (<c>contracts/solidity/tools/by-cast.sh</c>). Our code only makes the
/// world that they find: the check itself hands text to a shell script.
/// </summary>
public sealed class ByCast
{
    /// <summary>Of <see cref="ContractWorld.Node"/>.</summary>
    private const string NodeKey = "0x00000000000000000000000000000000000000000000000000000000000000c1";

    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cast_alone_reads_a_deposit_verifies_a_leaf_and_claims()
    {
        await using var world = await ContractWorld.StartAsync(ChainProfile.Standard);
        await world.JoinAsync(Money.FromTokens(2_000));
        var leaf = await CommitEraAsync(world);
        var earnings = await SettleAsync(world);
        var (contracts, op, node) = (world.Grid.Contracts, world.OperatorKeys[0].Address, world.Node.Address);

        Assert.Equal("70000000", await RunAsync(world, "deposit", $"{contracts.Escrow}", $"{op}", $"{world.Tenant.Address}"));
        Assert.Equal("true", await RunAsync(world, ["verify", $"{contracts.AttestationLedger}", "0", .. leaf]));
        leaf[0] = leaf[0].Replace("990000", "990001", StringComparison.Ordinal);
        Assert.Equal("false", await RunAsync(world, ["verify", $"{contracts.AttestationLedger}", "0", .. leaf]));
        var before = await world.ReadAsync(world.Grid.Token.BalanceOf(node));
        var sent = await RunAsync(world, ["claim", $"{contracts.Escrow}", $"{op}", $"{node}", .. earnings, "--private-key", NodeKey]);

        Assert.Contains("1 (success)", sent, StringComparison.Ordinal);
        Assert.Equal(new Money(1_980_000), await world.ReadAsync(world.Grid.Token.BalanceOf(node)) - before);
    }

    /// <returns>LEAF, INDEX and PATH, as the provider was given them.</returns>
    private static async Task<string[]> CommitEraAsync(ContractWorld world)
    {
        var providers =
            Enumerable.Range(1, 9).Select(number => ContractWorld.KeyOf((byte)number).Address).Append(world.Node.Address).Order();
        var leaves = providers.Select(address => new EraLeaf(new ProviderId(address), 990_000, 4, 17, new Money(5_000_000)));
        var tree = EraTree.Build(0, leaves.ToArray());
        var vote = new EraRoot(0, tree.Root, (uint)tree.Count, Money.FromTokens(50));
        await world.PassAsync(Math.Max(0, world.Grid.EndOfEra(0) - await world.NowAsync()));
        var votes = world.OperatorKeys.Select(key => new OperatorVote(key.Address, vote.Sign(key, world.Grid.Domain).Signature));
        await world.SendAsync(world.Rich, world.Grid.AttestationLedger.Commit(vote, votes));
        var proof = tree.Find(new ProviderId(world.Node.Address))!;
        return [$"({world.Node.Address},990000,4,17,5000000)", $"{proof.Index}", $"[{string.Join(',', proof.Path)}]"];
    }

    /// <returns>ROOT, EARNED, INDEX and PATH, as the provider was given them.</returns>
    private static async Task<string[]> SettleAsync(ContractWorld world)
    {
        var op = world.OperatorKeys[0];
        await world.DepositAsync(world.Tenant, op.Address, Money.FromTokens(70));
        var trees = new SettlementTrees(
            [new PayerLeaf(world.Tenant.Address, new Money(4_000_000), Money.Zero, 1, Keccak256.Hash("authorization"u8))],
            [new ProviderLeaf(world.Rich.Address, new Money(1_980_000)), new ProviderLeaf(world.Node.Address, new Money(1_980_000))],
            [new LeaseLeaf(new LeaseId(Keccak256.Hash("lease"u8)), new Money(4_000_000))]);
        await world.SendAsync(op, world.Grid.Escrow.PostRoot(SettlementRoot.None, trees.Root));
        await world.PassAsync(world.Grid.Windows.DisputeSeconds);
        await world.SendAsync(world.Rich, world.Grid.Escrow.FinalizeRoot(op.Address));
        var (root, proof) = (trees.Root, trees.ProviderAt(1));
        var path =
            string.Concat(proof.Path.Select(node => $"{node.Hash.ToString()[2..]}{node.Amount.MicroUnits:x16}{node.Held.MicroUnits:x16}"));
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"({root.Payers},{root.Providers},{root.Leases},{root.Charged.MicroUnits},{root.Held.MicroUnits},{root.Earned.MicroUnits},"
                + $"{root.Fees.MicroUnits},{root.Accounts},{root.ProviderCount},{root.LeaseCount})"),
            $"{proof.Earned.MicroUnits}", $"{proof.Index}", "0x" + path,
        ];
    }

    private static async Task<string> RunAsync(ContractWorld world, params string[] arguments)
    {
        var script = Path.Combine(EvmTools.SolidityFolder, "tools", "by-cast.sh");
        var start = new ProcessStartInfo(script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ETH_RPC_URL"] = world.Anvil.Url.ToString();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(s_token);
        var output = await process.StandardOutput.ReadToEndAsync(s_token);
        await process.WaitForExitAsync(s_token);
        Assert.True(process.ExitCode == 0, $"{arguments[0]}: {await error}");
        return output.Trim();
    }
}
