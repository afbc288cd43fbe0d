using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Silo.Chain;
using Grid.Tests.Ethereum.Contracts;
using Grid.Tests.Silo.World;

namespace Grid.Tests.Silo.Chain;

[Collection(ChainCommands.Turns)]
public sealed class RewardsOnTheChain
{
    /// <summary>A chain whose clock runs ahead of this machine's takes an era all the same.</summary>
    private static readonly ChainProfile Profile = ChainProfile.Development with
    {
        Windows = ChainProfile.Development.Windows with { CommitSeconds = 3600, UnbondingSeconds = 7200 },
    };

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_node_whose_GPU_was_leased_claims_what_a_committed_era_says()
    {
        await using var chain = await ContractWorld.StartAsync(Profile, "--slots-in-an-epoch", "1");
        await chain.JoinAsync(Money.FromTokens(2_000), 1);
        await chain.SendAsync(chain.Rich, chain.Grid.Token.Approve(chain.Grid.Contracts.RewardsDistributor, Money.FromTokens(1_000)));
        await chain.DepositAsync(chain.Tenant, chain.OperatorKeys[0].Address, Money.FromTokens(100));
        await chain.Anvil.AskAsync("evm_setIntervalMining", "[1]");
        await using var silo = await SiloWorld.StartAsync(options => With(options, chain), CopyOf(chain.OperatorKeys[0]));
        var node = await silo.NodeAsync(world => new FakeNode(world.OperatorKey.Address, SiloWorld.Tick)
        {
            Domain = chain.Grid.Domain,
            Key = CopyOf(chain.Node),
            ChallengeMib = 1,
            Devices = [new OfferedDevice("gpu-1", "rtx4090", "nvidia", 24_576, null, 1000, IsPretended: true)],
        });
        using var tenant = new GridClient(silo.Url, new Wallet(CopyOf(chain.Tenant)), new PinnedOperator(silo.OperatorKey.Address));
        await EventuallyAsync("the deposit is final", () => tenant.GetAccountAsync(chain.Tenant.Address), static account => account.Deposited == Money.FromTokens(100));
        await tenant.DeployAsync(silo.Manifest(OnGpu), new DeployOptions());
        await EventuallyAsync("an era pays the node", () => EarnedAsync(chain, tenant, node.Provider), static earned => earned > Money.Zero);

        using var commands = new ChainCommands(chain.Grid, chain.Anvil.Url);
        var before = await chain.ReadAsync(chain.Grid.Token.BalanceOf(chain.Node.Address));
        var claim = await commands.RunAsync(chain.Node, "provider", "claim", "--url", silo.Url.ToString(), "--operator", silo.OperatorKey.Address.ToString());

        var names = claim["transactions"]!.AsArray().Select(static sent => (string)sent!["name"]!).ToArray();
        // A settlement may have become final meanwhile, and is claimed with it.
        Assert.Equal(["top up rewards", "claim rewards"], names[^2..]);
        Assert.Equal(before.MicroUnits + (long)claim["amount"]!, (await chain.ReadAsync(chain.Grid.Token.BalanceOf(chain.Node.Address))).MicroUnits);
        Assert.InRange((await chain.ReadAsync(chain.Grid.RewardsDistributor.ClaimedBy(node.Provider))).MicroUnits, 1, (long)claim["amount"]!);
    }

    private static string OnGpu => Manifests.Web.Replace(
        "cpu: {units: 0.1}", "cpu: {units: 0.1}\n        gpu: {units: 1, attributes: {vendor: {nvidia: [{model: rtx4090}]}}}", StringComparison.Ordinal);

    private static Grid.Silo.Hosting.SiloOptions With(Grid.Silo.Hosting.SiloOptions options, ContractWorld chain) => options with
    {
        Chain = new ChainOptions(chain.Grid, [chain.Anvil.Url]) { Poll = TimeSpan.FromMilliseconds(200) },
        Parameters = options.Parameters with
        {
            Genesis = DateTimeOffset.FromUnixTimeSeconds(chain.Grid.GenesisUnixSeconds),
            Era = TimeSpan.FromSeconds(chain.Grid.EraSeconds),
            EraCommitWindowEras = 6,
            AcceptsPretendedGpus = true,
        },
    };

    /// <summary>By the newest era that is committed for long enough.</summary>
    private static async Task<Money> EarnedAsync(ContractWorld chain, GridClient client, ProviderId provider)
    {
        if ((await client.GetErasAsync()).LastCommitted is not { } last) return Money.Zero;
        var committed = await chain.ReadAsync(chain.Grid.AttestationLedger.EraOf(last));
        if (!committed.IsCommitted || await chain.NowAsync() < committed.CommittedAtUnixSeconds + chain.Grid.Windows.FinalitySeconds) return Money.Zero;
        var era = await client.GetEraAsync(last);
        if (era.Record is not { } record) return Money.Zero;
        return (await client.GetEraRecordAsync(record)).Tree().Find(provider)?.Leaf.Rewards ?? Money.Zero;
    }

    private static async Task<T> EventuallyAsync<T>(string what, Func<Task<T>> look, Func<T, bool> isIt)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!patience.IsCancellationRequested)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            await Task.Delay(200, CancellationToken.None);
        }

        throw new TimeoutException($"Expected within {s_patience}: {what}. Last seen: {await look()}");
    }

    private static PrivateKey CopyOf(PrivateKey key)
    {
        Span<byte> bytes = stackalloc byte[PrivateKey.SizeBytes];
        key.CopyTo(bytes);
        return PrivateKey.FromBytes(bytes);
    }
}
