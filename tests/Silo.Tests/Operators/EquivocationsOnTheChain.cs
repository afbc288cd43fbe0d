using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;
using Grid.Silo.Hosting;
using Grid.Silo.Operators;
using Grid.Tests.Ethereum.Contracts;
using Grid.Tests.Silo.Chain;
using Grid.Tests.Silo.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Tests.Silo.Operators;

/// <summary>An operator that tells its peers different things, on the real contracts.</summary>
[Collection(ChainCommands.Turns)]
public sealed class EquivocationsOnTheChain
{
    private static readonly ChainProfile s_profile = ChainProfile.Development with
    {
        Windows = ChainProfile.Development.Windows with { CommitSeconds = 3600, ReportSeconds = 3600, UnbondingSeconds = 7200 },
    };

    [Fact]
    public async Task Two_roots_of_one_era_cost_the_operator_a_part_of_its_bond_once_whoever_reports_them()
    {
        var told = new ConcurrentDictionary<ulong, Signed<EraRoot>>();
        await using var peer = await PeerAsync(told);
        await using var world = await ChainWorld.StartAsync(
            s_profile, (options, contracts) => WithPeers(options, contracts, new Uri(peer.Urls.Single())));
        var (liar, ledger, registry) = (world.Contracts.OperatorKeys[3], world.Grid.AttestationLedger, world.Grid.OperatorRegistry);
        await world.FinalizeAsync();
        var grains = world.Silo.App.Services.GetRequiredService<IGrainFactory>();
        var journal = grains.GetGrain<IEraJournalGrain>(IEraJournalGrain.Key);
        var current = (await Until.Is("an era is over", journal.GetView, static view => view.Current > 0)).Current!.Value;
        var era = grains.GetGrain<IEraGrain>((current - 1).ToString(CultureInfo.InvariantCulture));

        var operators = world.Silo.App.Services.GetRequiredService<IOperatorSet>();
        await Until.Is("the set is known", operators.GetWeightsAsync, weights => weights.Contains(liar.Address));
        Assert.Null(await era.TakeVote(Root(current - 1, 1).Sign(liar, world.Grid.Domain)));
        told[current - 1] = Root(current - 1, 2).Sign(liar, world.Grid.Domain);

        await Until.Is(
            "it is reported", () =>
                world.Contracts.ReadAsync(ledger.HasEquivocated(current - 1, liar.Address)), static isReported => isReported);
        var left = (await world.Contracts.ReadAsync(registry.OperatorOf(liar.Address))).Bond;
        Assert.Equal(Money.FromTokens(1_000), left);
        Assert.Equal(Money.FromTokens(100), await world.Contracts.ReadAsync(registry.OwedTo(world.Operator)));

        using var grid = new ChainCommands(world.Grid, world.Contracts.Anvil.Url);
        string[] words = ["slash", "report", $"{current - 1}", "--operator", world.SiloUrl.ToString(), "--operator", peer.Urls.Single()];
        var answer = await grid.RunAsync(world.Contracts.Tenant, words);
        var known = Assert.Single(answer["reported"]!.AsArray())!;
        Assert.Equal(
            (liar.Address.ToString(), true, left.MicroUnits), ((string)known["operator"]!, (bool)known["wasKnown"]!, (long)known["bond"]!));
        Assert.Empty(answer["transactions"]!.AsArray());
    }

    /// <summary>Another operator, to whom the liar has shown another root.</summary>
    private static async Task<WebApplication> PeerAsync(ConcurrentDictionary<ulong, Signed<EraRoot>> told)
    {
        var peer = WebApplication.CreateSlimBuilder().Build();
        peer.Urls.Add("http://127.0.0.1:0");
        peer.MapGet("/v1/eras/{era}", (ulong era) => told.TryGetValue(era, out var vote)
            ? Results.Text(JsonSerializer.Serialize(StatusOf(era, vote), GridJsonContext.Default.EraStatus), "application/json")
            : Results.NotFound());
        await peer.StartAsync();
        return peer;
    }

    private static EraStatus StatusOf(ulong era, Signed<EraRoot> vote) => new(era, "gathering", null, null, [], [], [vote], [], null, null);

    private static SiloOptions WithPeers(SiloOptions options, ContractWorld contracts, Uri answering) => options with
    {
        Peers =
        [
            new OperatorPeer(contracts.OperatorKeys[1].Address, answering),
            .. contracts.OperatorKeys.Skip(2).Select(static key => new OperatorPeer(key.Address, new Uri("http://127.0.0.1:9"))),
        ],
        Parameters = options.Parameters with
        {
            Genesis = DateTimeOffset.FromUnixTimeSeconds(contracts.Grid.GenesisUnixSeconds),
            Era = TimeSpan.FromSeconds(contracts.Grid.EraSeconds),
        },
    };

    private static EraRoot Root(ulong era, byte root) => new(era, Keccak256.Hash([root]), 3, new Money(5));
}
