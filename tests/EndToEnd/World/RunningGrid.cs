using System.Text.Json;
using Grid.Client;
using Grid.CommandLine.LocalGrids;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Tests.EndToEnd.World;

/// <summary>A local grid for one test, and the few things that every test does with it.</summary>
internal sealed class RunningGrid : IAsyncDisposable
{
    private RunningGrid(LocalGrid grid) => Grid = grid;

    public LocalGrid Grid { get; }

    public GridClient Client => Grid.Client;

    public static async Task<RunningGrid> StartAsync(int providers = 3) =>
        new(await LocalGrid.StartAsync(new LocalGridOptions { Providers = providers }, static (_, _) => { }, TestContext.Current.CancellationToken));

    /// <returns>The deployment once its only lease runs.</returns>
    public async Task<(DeploymentId Deployment, LeaseStatus Lease)> DeployAsync(ManifestFile file)
    {
        var deployed = await Client.DeployAsync(file, new DeployOptions());
        var status = await Eventually.Gives(
            () => Client.GetDeploymentAsync(deployed.Deployment),
            status => status.Orders is [{ StartMs: not null, Leases: [_] }] || status.Phase == DeploymentPhase.Failed,
            "the deployment runs",
            describe: status => $"{JsonSerializer.Serialize(status, GridJsonContext.Default.DeploymentStatus)}\nlogs: {Grid.SaveLogs()}");
        Assert.NotEqual(DeploymentPhase.Failed, status.Phase);
        return (deployed.Deployment, status.Orders[0].Leases[0]);
    }

    public async Task<DeploymentStatus> CloseAsync(DeploymentId deployment)
    {
        await Client.CloseAsync(deployment);
        return await WaitUntilClosedAsync(deployment);
    }

    public Task<DeploymentStatus> WaitUntilClosedAsync(DeploymentId deployment) =>
        Eventually.Gives(() => Client.GetDeploymentAsync(deployment), status => status.Phase is DeploymentPhase.Closed or DeploymentPhase.Failed, "the deployment is closed");

    public LocalNode NodeOf(LeaseStatus lease) => Grid.Nodes.Single(node => node.Provider == lease.Provider);

    public ValueTask DisposeAsync() => Grid.DisposeAsync();
}
