using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.CommandLine;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Settlement;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

[Collection(ChainCommands.Turns)]
public sealed class CommandsOnTheChain : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-commands-").FullName;

    [Fact]
    public async Task A_wallet_deposits_withdraws_and_exits_and_a_provider_claims_each_saying_what_it_sent_and_its_gas()
    {
        await using var world = await ChainWorld.StartAsync();
        var node = await world.NodeAsync();
        var (mine, theirs) = (await KeystoreAsync(world.Contracts.Tenant, "tenant"), await KeystoreAsync(node.Key, "node"));
        using var tenant = world.Client(world.Contracts.Tenant);

        var deposit = await RunAsync(world, mine, "wallet", "deposit", "50");
        Assert.Equal(["approve", "deposit"], NamesOf(deposit));
        await world.FinalizeAsync();
        await Until.Is("the deposit is there", () => tenant.GetAccountAsync(world.Contracts.Tenant.Address), account => account.Deposited == Money.FromTokens(50));
        var lease = await world.RunLeaseAsync(tenant);
        var settlement = await world.SettledAsync(tenant, lease.Charged);

        var claim = await RunAsync(world, theirs, "provider", "claim");
        Assert.Equal(["claim"], NamesOf(claim));
        Assert.Equal(settlement.FinalRoot!.Earned.MicroUnits, (long)claim["amount"]!);
        Assert.Empty(NamesOf(await RunAsync(world, theirs, "provider", "claim")));
        var kept = Path.Combine(_folder, "earnings.json");
        await File.WriteAllTextAsync(kept, JsonSerializer.Serialize(
            new KeptEarnings([.. node.Received.OfType<SettlementShown>().Select(static shown => shown.Proof)]), GridJsonContext.Default.KeptEarnings));
        Assert.Empty(NamesOf(await RunAsync(world, theirs, "provider", "claim", "--kept", kept, "--from", world.Operator.ToString())));
        Assert.Equal(["withdraw"], NamesOf(await RunAsync(world, mine, "wallet", "withdraw", "5.5")));

        var requested = await RunAsync(world, mine, "wallet", "exit");
        Assert.Equal(["request exit"], NamesOf(requested));
        Assert.Empty(NamesOf(await RunAsync(world, mine, "wallet", "exit")));
        await world.FinalizeAsync();
        var leaving = await Until.Is("the exit is seen", () => tenant.GetAccountAsync(world.Contracts.Tenant.Address), account => account.Exit is not null);
        Assert.Equal(
            (Money.FromTokens(50) - new Money(5_500_000) - lease.Charged, (long)requested["readyAtUnixSeconds"]!),
            (leaving.Exit!.AtMost, leaving.Exit.ReadyAtUnixSeconds));
        await world.Silo.StopSiloAsync();
        await world.Contracts.PassAsync((long)requested["readyAtUnixSeconds"]! - await world.Contracts.NowAsync());
        var left = await RunAsync(world, mine, "wallet", "exit", "--from", world.Operator.ToString());

        Assert.Equal(["complete exit"], NamesOf(left));
        Assert.Equal((Money.FromTokens(50) - new Money(5_500_000) - lease.Charged).MicroUnits, (long)left["amount"]!);
        Assert.All(Transactions(deposit).Concat(Transactions(claim)).Concat(Transactions(left)), transaction => Assert.True((ulong)transaction!["gas"]! > 21_000));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> KeystoreAsync(PrivateKey key, string name)
    {
        var passphrase = Path.Combine(_folder, "passphrase");
        await File.WriteAllTextAsync(passphrase, "correct horse");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(passphrase, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var path = Path.Combine(_folder, name + ".json");
        await Keystore.SaveAsync(path, key, "correct horse", KeystoreCost.Light, CancellationToken.None);
        return path;
    }

    private async Task<JsonNode> RunAsync(ChainWorld world, string wallet, params string[] words)
    {
        Environment.SetEnvironmentVariable("GRID_HOME", Path.Combine(_folder, "home"));
        var file = Path.Combine(_folder, "chain.json");
        if (!File.Exists(file)) ChainDeploymentFile.Write(file, world.Grid);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        string[] always =
        [
            "--url", world.SiloUrl.ToString(), "--operator", world.Operator.ToString(), "--wallet", wallet,
            "--passphrase-file", Path.Combine(_folder, "passphrase"), "--chain", file, "--chain-rpc", world.Contracts.Anvil.Url.ToString(), "--json",
        ];
        var code = await GridCommandLine.RunAsync([.. words, .. always], output, error);
        Assert.True(code == 0, $"{string.Join(' ', words)}: {code} {error} {output}");
        return JsonNode.Parse(output.ToString())!;
    }

    private static JsonArray Transactions(JsonNode answer) => answer["transactions"]!.AsArray();

    private static string[] NamesOf(JsonNode answer) => [.. Transactions(answer).Select(static transaction => (string)transaction!["name"]!)];
}
