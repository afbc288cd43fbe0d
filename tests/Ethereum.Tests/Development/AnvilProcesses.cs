using System.Net.Sockets;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Development;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;
using Grid.Tests.Ethereum.Contracts;
using Grid.Tests.Ethereum.Model;

namespace Grid.Tests.Ethereum.Development;

public sealed class AnvilProcesses : IDisposable
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;
    private static readonly UInt128 s_ether = UInt128.Parse("1000000000000000000");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string StateFile => Path.Combine(_folder.FullName, "chain-state.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_grid_deployed_with_a_block_each_second_is_there_after_a_kill_and_a_restart_at_the_same_port()
    {
        EvmTools.SkipWithoutAnvil();
        using var key = PrivateKey.Generate();
        var first = await AnvilProcess.StartAsync(new AnvilOptions(StateFile, BlockSeconds: 1), s_token);
        await first.GiveAsync(key.Address, 100 * s_ether, s_token);
        var plan = await DeploymentPlan.MakeAsync(
            first.Chain, key.Address, ChainProfile.Development, key.Address, default, key.Address, default, s_token);
        var report = await DeployAsync(first.Chain, key, plan);
        await WaitForStateAsync(await HeadAsync(first.Chain));
        await first.KillAsync();
        await first.DisposeAsync();

        await using var second = await AnvilProcess.StartAsync(new AnvilOptions(StateFile, Port: first.Url.Port, BlockSeconds: 1), s_token);
        var supply = await second.Chain.ReadAsync(report.Deployment.Token.BalanceOf(key.Address), BlockTag.Latest, s_token);

        Assert.Equal(first.Url, second.Url);
        Assert.Equal(ChainProfile.Development.TokenSupply, supply);
    }

    [Fact]
    public async Task It_ends_with_its_owner_however_that_ends()
    {
        EvmTools.SkipWithoutAnvil();
        var url = await KilledOwner.StartAndKillAsync(StateFile, s_token);

        for (var wait = 0; await ListensAsync(url); wait++)
        {
            Assert.True(wait < 100, $"{url} still answers");
            await Task.Delay(50, s_token);
        }
    }

    [Fact]
    public async Task A_taken_port_is_said()
    {
        EvmTools.SkipWithoutAnvil();
        await using var anvil = await AnvilProcess.StartAsync(new AnvilOptions(), s_token);

        var refused =
            await Assert.ThrowsAsync<ChainException>(() => AnvilProcess.StartAsync(new AnvilOptions(Port: anvil.Url.Port), s_token));

        Assert.Contains($"Port {anvil.Url.Port} is taken", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_passes_when_told()
    {
        EvmTools.SkipWithoutAnvil();
        await using var anvil = await AnvilProcess.StartAsync(new AnvilOptions(), s_token);
        var before = (await anvil.Chain.GetBlockAsync(BlockTag.Latest, s_token))!.TimestampSeconds;

        await anvil.PassAsync(3600, s_token);

        Assert.InRange((await anvil.Chain.GetBlockAsync(BlockTag.Latest, s_token))!.TimestampSeconds - before, 3600UL, 3700UL);
    }

    private static async Task<DeploymentReport> DeployAsync(IChain chain, PrivateKey key, DeploymentPlan plan)
    {
        var policy = ContractWorld.Policy with { ResendAfterMs = 1_000 };
        using var queue = new TransactionQueue(chain, new KeySigner(key), new MemoryStore(), policy, TimeProvider.System);
        return await new GridDeployer(chain, queue, TimeProvider.System).DeployAsync(plan, s_token);
    }

    // The state is written each second: a state of a block after the deployment's last has all of it.
    private async Task WaitForStateAsync(ulong head)
    {
        var written = DateTime.MinValue;
        for (var wait = 0; wait < 200; wait++)
        {
            var now = File.Exists(StateFile) ? File.GetLastWriteTimeUtc(StateFile) : DateTime.MinValue;
            if (written != DateTime.MinValue && now > written) return;
            if (written == DateTime.MinValue && now != DateTime.MinValue) written = now;
            await Task.Delay(50, s_token);
        }

        Assert.Fail($"No state was written after block {head}.");
    }

    private static async Task<ulong> HeadAsync(IChain chain) => (await chain.GetBlockAsync(BlockTag.Latest, s_token))!.Number;

    private static async Task<bool> ListensAsync(Uri url)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(url.Host, url.Port, s_token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
