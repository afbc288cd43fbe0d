using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Client;
using Grid.CommandLine.LocalGrids;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Operators;

/// <summary>Three operators' silos sell one small node at the same time.</summary>
public sealed class SharedNode : IDisposable
{
    private const int CpuMillis = 1000;
    private const int JobMillis = 300;
    private const int JobsAtOnce = CpuMillis / JobMillis;
    private const int JobsAtEach = 3;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Whatever_three_operators_order_at_once_no_more_runs_than_the_node_has_and_everything_runs_in_its_turn()
    {
        var options = new LocalGridOptions { Providers = 1, Operators = 3, CpuMillis = CpuMillis };
        await using var grid = await LocalGrid.StartAsync(options, static (_, _) => { }, TestContext.Current.CancellationToken);
        using var watching = new CancellationTokenSource();
        var most = WatchAsync(grid, watching.Token);
        var job = Workloads.Count(_folder, "batch", last: 20, cpu: "0.3");

        var placed = await Task.WhenAll(grid.Operators.SelectMany(known => Enumerable.Range(0, JobsAtEach).Select(number => DeployAsync(known, job, number))));
        var ended = await Task.WhenAll(placed.Select(EndAsync));

        await watching.CancelAsync();
        Assert.InRange(await most, 1, JobsAtOnce);
        Assert.All(ended, static one => Assert.Equal(0, LastLease(one.Status).Workloads.Single().ExitCode));
        foreach (var known in grid.Operators)
            await Ledger.AssertConservedAsync(grid, known, [.. ended.Where(one => one.Operator == known).Select(static one => one.Status)]);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The same file with the same terms is the same deployment; each has a maximum of its own.</summary>
    private static async Task<(LocalOperator Operator, DeploymentId Id)> DeployAsync(LocalOperator known, ManifestFile job, int number) =>
        (known, (await known.Client.DeployAsync(job, new DeployOptions(new Money(100_000 + number)))).Deployment);

    private static async Task<(LocalOperator Operator, DeploymentStatus Status)> EndAsync((LocalOperator Operator, DeploymentId Id) placed) => (
        placed.Operator,
        await Eventually.Gives(
            () => placed.Operator.Client.GetDeploymentAsync(placed.Id),
            static status => status.Phase is DeploymentPhase.Closed or DeploymentPhase.Failed,
            "every job ends",
            withinSeconds: 150,
            describe: static status => JsonSerializer.Serialize(status, GridJsonContext.Default.DeploymentStatus)));

    private static LeaseStatus LastLease(DeploymentStatus status) => status.Orders.SelectMany(static order => order.Leases).Last();

    /// <returns>The most leases that the node's own ledger ever bound together.</returns>
    private static async Task<int> WatchAsync(LocalGrid grid, CancellationToken cancellation)
    {
        var file = Path.Combine(grid.DataFolder, grid.Nodes[0].Name, "status.json");
        var most = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var leases = File.Exists(file) ? JsonNode.Parse(await File.ReadAllTextAsync(file, CancellationToken.None))!["leases"]!.AsArray() : [];
            most = Math.Max(most, leases.Count(static lease => (string)lease!["phase"]! != "Ended"));
            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        return most;
    }
}
