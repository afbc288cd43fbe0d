using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Reputation;
using Grid.Silo.Chain;
using Grid.Slashing;
using Grid.Tests.Ethereum.Contracts;
using Grid.Tests.Silo.World;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using CaseState = Grid.Slashing.CaseState;

namespace Grid.Tests.Silo.Operators;

/// <summary>Three silos on a real EVM node: a node goes silent in the middle of its lease, and its stake pays for it.</summary>
public sealed class FaultsOfThree
{
    private const int Operators = 3;

    /// <summary>With so few, one that dies is half of all sessions: still its own affair, since the operators see each other.</summary>
    private const int OtherNodes = 1;

    /// <summary>Long windows, so that a chain whose clock runs ahead of this machine's takes everything.</summary>
    private static readonly ChainProfile Profile = ChainProfile.Development with
    {
        Windows = ChainProfile.Development.Windows with { CommitSeconds = 3600, ReportSeconds = 3600, UnbondingSeconds = 7200 },
    };

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task Silence_in_a_lease_is_seen_by_all_signed_by_a_quorum_slashed_on_the_chain_and_its_tenant_compensated()
    {
        await using var chain = await ContractWorld.StartAsync(Profile, "--slots-in-an-epoch", "1");
        await StakeAsync(chain, Money.FromTokens(100));
        var peers = Path.GetTempFileName();
        var silos = new List<SiloWorld>();
        try
        {
            for (var i = 0; i < Operators; i++) silos.Add(await SiloWorld.StartAsync(options => With(options, chain.Grid, chain.Anvil.Url, peers), CopyOf(chain.OperatorKeys[i])));
            await File.WriteAllLinesAsync(peers, silos.Select(static silo => $"{silo.OperatorKey.Address}={silo.Url}"));
            var silent = await ConnectAsync(silos, chain.Grid.Domain, chain.Node);
            using var tenant = new GridClient(silos[0].Url, new Wallet(CopyOf(chain.Tenant)), new PinnedOperator(silos[0].OperatorKey.Address));
            var lease = await LeaseAsync(silos[0], tenant, chain.Tenant.Address);
            for (var i = 0; i < OtherNodes; i++) await ConnectAsync(silos, chain.Grid.Domain, ContractWorld.KeyOf((byte)(0xD0 + i)));
            var seconds = (await tenant.LeaseAsync(lease.Deployment, "it has run for a while", static lease => lease.Seconds >= 12)).Seconds;
            foreach (var link in silent) await link.HangUpAsync();

            var cases = silos.Select(silo => silo.App.Services.GetRequiredService<IGrainFactory>().GetGrain<ISlashingGrain>(silent[0].Provider.ToString())).ToArray();
            var proposed = (await CaseAsync(cases[0], static one => one.State == CaseState.Proposed)).Claim!.Fault;
            var court = chain.Grid.SlashingCourt;
            var onChain = await chain.ReadAsync(court.CaseOf(proposed.StructHash()));
            Assert.Equal((silent[0].Provider, chain.Tenant.Address, silos[0].OperatorKey.Address), (onChain.Provider, onChain.Tenant, onChain.Reporter));
            Assert.Equal((lease.Lease, proposed.Paid), (proposed.Lease, onChain.Paid));
            Assert.InRange(proposed.Paid.MicroUnits, 1, lease.Rate.ChargeRoundedDown(seconds + 10).MicroUnits);

            await chain.PassAsync(Profile.Windows.AppealSeconds);
            await chain.SendAsync(chain.Rich, court.Execute(proposed.StructHash()));
            foreach (var told in cases) await CaseAsync(told, one => one.Id == proposed.StructHash() && one.State == CaseState.Executed);
            await CompensatedAsync(chain, proposed, onChain);
            var standing = await silos[1].App.Services.GetRequiredService<IGrainFactory>().GetGrain<IReputationGrain>(silent[0].Provider.ToString()).GetStanding();
            Assert.True(standing.SlashedPpm > 0 && standing.Stake < Money.FromTokens(100), $"{standing}");
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
            File.Delete(peers);
        }
    }

    private static Grid.Silo.Hosting.SiloOptions With(Grid.Silo.Hosting.SiloOptions options, ChainDeployment grid, Uri rpc, string peers) => options with
    {
        PeersFile = peers,
        Chain = new ChainOptions(grid, [rpc]) { Poll = TimeSpan.FromMilliseconds(200) },
        Parameters = options.Parameters with
        {
            Genesis = DateTimeOffset.FromUnixTimeSeconds(grid.GenesisUnixSeconds),
            Era = TimeSpan.FromSeconds(grid.EraSeconds),
            EraCommitWindowEras = 6,
        },
    };

    /// <summary>Three active operators, a staked node, a tenant's deposit; and from now on a block every second.</summary>
    private static async Task StakeAsync(ContractWorld chain, Money stake)
    {
        await chain.JoinAsync(Money.FromTokens(2_000), Operators);
        var registry = chain.Grid.ProviderRegistry;
        await chain.SendAsync(chain.Node, registry.RegisterSelf(new ProviderId(chain.Node.Address)));
        await chain.SendAsync(chain.Node, chain.Grid.Token.Approve(registry.Address, stake));
        await chain.SendAsync(chain.Node, registry.Stake(new ProviderId(chain.Node.Address), stake));
        await chain.DepositAsync(chain.Tenant, chain.OperatorKeys[0].Address, Money.FromTokens(100));
        await chain.Anvil.AskAsync("evm_setIntervalMining", "[1]");
    }

    /// <summary>One node, heard by all operators.</summary>
    private static async Task<FakeNode[]> ConnectAsync(List<SiloWorld> silos, Eip712Domain domain, PrivateKey key)
    {
        var links = new List<FakeNode>();
        foreach (var silo in silos) links.Add(await silo.NodeAsync(world => new FakeNode(world.OperatorKey.Address, SiloWorld.Tick) { Domain = domain, Key = CopyOf(key) }));
        return [.. links];
    }

    private static async Task<(DeploymentId Deployment, LeaseId Lease, RatePerHour Rate)> LeaseAsync(SiloWorld silo, GridClient tenant, Address payer)
    {
        await EventuallyAsync("the deposit is final", () => tenant.GetAccountAsync(payer), static account => account.Deposited == Money.FromTokens(100));
        var deployed = await tenant.DeployAsync(silo.Manifest(Manifests.Web), new DeployOptions());
        var lease = await tenant.LeaseAsync(deployed.Deployment, "it runs", static lease => lease is { Phase: LeasePhase.Active, Seconds: >= 1 });
        return (deployed.Deployment, lease.Lease, lease.RatePerHour);
    }

    private static async Task<CaseView> CaseAsync(ISlashingGrain slashing, Func<CaseView, bool> isIt) =>
        (await EventuallyAsync("the case", slashing.GetView, view => view.Cases.Any(isIt))).Cases.First(isIt);

    private static async Task CompensatedAsync(ContractWorld chain, Fault fault, SlashingCase onChain)
    {
        var schedule = new SlashSchedule(Profile.SlashPpmPerHour, Profile.MaxSlashPpm, Profile.CompensationPpm, Profile.ReporterPpm);
        Assert.Equal(schedule.AmountRoundedUp(Money.FromTokens(100), Money.Zero, fault.ToUnixSeconds - fault.FromUnixSeconds), onChain.Amount);
        var owed = await chain.ReadAsync(chain.Grid.SlashingCourt.OwedTo(chain.Tenant.Address));
        Assert.Equal(schedule.Split(onChain.Amount, fault.Paid).Compensation, owed);
        var before = await chain.ReadAsync(chain.Grid.Token.BalanceOf(chain.Tenant.Address));
        await chain.SendAsync(chain.Tenant, chain.Grid.SlashingCourt.Collect(chain.Tenant.Address));
        Assert.Equal(before + owed, await chain.ReadAsync(chain.Grid.Token.BalanceOf(chain.Tenant.Address)));
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
