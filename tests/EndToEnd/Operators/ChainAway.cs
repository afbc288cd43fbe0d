using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Client;
using Grid.CommandLine.LocalGrids;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Operators;

/// <summary>A grid whose money lies in an escrow, and whose chain is killed.</summary>
public sealed class ChainAway : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_grid_matches_runs_and_meters_while_its_chain_is_away_and_settles_when_it_is_back()
    {
        var token = TestContext.Current.CancellationToken;
        await using var grid = await LocalGrid.StartAsync(new LocalGridOptions { Providers = 1, HasChain = true }, static (_, _) => { }, token);
        var chain = grid.Chain!;
        var deposited = (await grid.Client.GetAccountAsync(grid.Tenant.Address)).Available;

        await chain.KillAsync();
        var deployed = await grid.Client.DeployAsync(Workloads.Count(_folder, "batch", last: 20), new DeployOptions());
        var ended = await Eventually.Gives(
            () => grid.Client.GetDeploymentAsync(deployed.Deployment), static status => status.Phase is DeploymentPhase.Closed or DeploymentPhase.Failed, "the job ends without a chain");
        await chain.RestartAsync(token);

        var lease = ended.Orders.Single().Leases.Single();
        Assert.Equal(0, lease.Workloads.Single().ExitCode);
        Assert.True(lease.Charged > Money.Zero);
        Assert.Equal(deposited - lease.Charged, (await grid.Client.GetAccountAsync(grid.Tenant.Address)).Available);
        var settled = await Eventually.Gives(() => SettlementAsync(grid, lease.Lease), static one => one?.Final is not null, "its charge is in a final root", withinSeconds: 60);
        Assert.Equal(lease.Charged, settled!.Final!.Charged);
        Assert.True(settled.Final.Shows(lease.Lease));
        var root = await chain.Chain.ReadAsync(chain.Deployment.Escrow.FinalRootOf(grid.Operator), BlockTag.Latest, token);
        Assert.NotEqual(default, root);
    }

    /// <returns>Null while no root charges it.</returns>
    private static async Task<LeaseSettlement?> SettlementAsync(LocalGrid grid, LeaseId lease)
    {
        try
        {
            return await grid.Client.GetLeaseSettlementAsync(lease);
        }
        catch (GridException e) when (e.Kind == GridErrorKind.NotFound)
        {
            return null;
        }
    }

    public void Dispose() => _folder.Dispose();
}
