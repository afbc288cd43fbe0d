using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Settlements;
using Grid.Silo.Chain;
using Grid.Silo.Hosting;
using Grid.Tests.Ethereum.Contracts;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

/// <summary>
/// A real silo on a real EVM node that mines a block for every transaction; what is mined becomes final only when a test says so.
/// </summary>
internal sealed class ChainWorld : IAsyncDisposable
{
    /// <summary>More than two epochs of anvil's.</summary>
    private const int BlocksToFinality = 40;

    private const int MostSteps = 400;

    private ChainWorld(ContractWorld contracts, CuttableWire wire, SiloWorld silo) => (Contracts, Wire, Silo, SiloUrl) = (contracts, wire, silo, silo.Url);

    public ContractWorld Contracts { get; }

    /// <summary>Between the silo and its chain.</summary>
    public CuttableWire Wire { get; }

    public SiloWorld Silo { get; }

    /// <summary>Also after it has stopped.</summary>
    public Uri SiloUrl { get; }

    public ChainDeployment Grid => Contracts.Grid;

    public Address Operator => Silo.OperatorKey.Address;

    /// <param name="profile">By default the windows of development.</param>
    /// <param name="change">Of the silo's options.</param>
    public static async Task<ChainWorld> StartAsync(
        ChainProfile? profile = null, Func<SiloOptions, ContractWorld, SiloOptions>? change = null)
    {
        var contracts = await ContractWorld.StartAsync(profile ?? ChainProfile.Development);
        await contracts.JoinAsync(Money.FromTokens(2_000));
        await contracts.Anvil.MineAsync(BlocksToFinality);
        var wire = new CuttableWire(contracts.Anvil.Url);
        var chain = new ChainOptions(contracts.Grid, [wire.Url])
        {
            Poll = TimeSpan.FromMilliseconds(100),
            Schedule = new SettlementSchedule(TimeSpan.FromSeconds(2)),
        };
        SiloOptions Change(SiloOptions options) =>
            change is null ? options with { Chain = chain } : change(options with { Chain = chain }, contracts);
        return new ChainWorld(contracts, wire, await SiloWorld.StartAsync(Change, contracts.OperatorKeys[0]));
    }

    public GridClient Client(PrivateKey key)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.SizeBytes];
        key.CopyTo(secret);
        return new GridClient(Silo.Url, new Wallet(PrivateKey.FromBytes(secret)), new PinnedOperator(Operator));
    }

    public Task<FakeNode> NodeAsync() => Silo.NodeAsync(world => new FakeNode(Operator, SiloWorld.Tick) { Domain = Grid.Domain, Key = Contracts.Node });

    public Task DepositAsync(long tokens) => Contracts.DepositAsync(Contracts.Tenant, Operator, Money.FromTokens(tokens));

    /// <summary>Everything mined so far is final.</summary>
    public Task FinalizeAsync() => Contracts.Anvil.MineAsync(BlocksToFinality);

    /// <summary>The silo has looked at the chain as it is now, and done what was due.</summary>
    public async Task SiloHasLookedAsync(GridClient client)
    {
        for (var look = 0; look < 2; look++)
        {
            var now = (await client.GetChainAsync()).LookedAt;
            await Until.Is("the silo looks again", () => client.GetChainAsync(), info => info.LookedAt > now);
        }
    }

    /// <summary>Time passes on the chain, blocks become final, and the silo does what is due, until it is so.</summary>
    public async Task<T> RunUntilAsync<T>(string what, Func<Task<T>> look, Func<T, bool> isIt)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            await Contracts.PassAsync(2);
            await FinalizeAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(150));
        }

        throw new TimeoutException($"Expected within {MostSteps} steps: {what}.");
    }

    /// <summary>Until a root charges all that the tenant was ever charged, for good.</summary>
    public Task<SettlementInfo> SettledAsync(GridClient tenant, Money charged) => RunUntilAsync(
        $"a final root charges {charged}",
        () => tenant.GetSettlementAsync(),
        settlement => settlement.OpenBatch == 0 && settlement.FinalRoot?.Charged == charged);

    /// <summary>A service that runs for two seconds at least.</summary>
    public async Task<LeaseStatus> RunLeaseAsync(GridClient tenant)
    {
        var deployed = await tenant.DeployAsync(Silo.Manifest(Manifests.Web), new DeployOptions());
        await tenant.LeaseAsync(deployed.Deployment, "two seconds are billed", static lease => lease is { Phase: LeasePhase.Active, Seconds: >= 2 });
        await tenant.CloseAsync(deployed.Deployment);
        return await tenant.LeaseAsync(deployed.Deployment, "it is closed and billed", static lease => lease.Phase == LeasePhase.Closed);
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Wire.DisposeAsync();
        await Contracts.DisposeAsync();
    }
}
