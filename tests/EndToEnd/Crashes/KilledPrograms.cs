using System.Diagnostics;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Tests.EndToEnd.World;

namespace Grid.Tests.EndToEnd.Crashes;

/// <summary>kill -9 in the middle of leases: workloads go on, leases stay, nothing is billed twice.</summary>
public sealed class KilledPrograms : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public Task A_killed_silo_takes_its_leases_up_again() => SurvivesAsync(async (world, _) =>
    {
        await world.Grid.Silo.KillAsync();
        await world.Grid.StartSiloAsync(TestContext.Current.CancellationToken);
    });

    [Fact]
    public Task A_killed_node_finds_its_workloads_running() => SurvivesAsync(async (world, lease) =>
    {
        var node = world.NodeOf(lease);
        await node.Program!.KillAsync();
        world.Grid.StartNode(node);
    });

    [Fact]
    public Task Both_killed_at_once_find_each_other_again() => SurvivesAsync(async (world, lease) =>
    {
        var node = world.NodeOf(lease);
        await Task.WhenAll(node.Program!.KillAsync(), world.Grid.Silo.KillAsync());
        world.Grid.StartNode(node);
        await world.Grid.StartSiloAsync(TestContext.Current.CancellationToken);
    });

    [Fact]
    public async Task A_batch_job_that_ends_while_its_node_and_silo_are_dead_reports_its_exit_code_and_whole_log()
    {
        await using var world = await RunningGrid.StartAsync();
        var (deployment, lease) = await world.DeployAsync(Workloads.Count(_folder, "batch", last: 30, exitCode: 3));
        var node = world.NodeOf(lease);
        await Task.WhenAll(node.Program!.KillAsync(), world.Grid.Silo.KillAsync());
        // Counting to 30 takes three seconds: it ends while nobody watches.
        await Task.Delay(TimeSpan.FromSeconds(4));
        world.Grid.StartNode(node);
        await world.Grid.StartSiloAsync(TestContext.Current.CancellationToken);

        var ended = await world.WaitUntilClosedAsync(deployment);

        var workload = Assert.Single(Assert.Single(ended.Orders[0].Leases, known => known.Lease == lease.Lease).Workloads);
        Assert.Equal(3, workload.ExitCode);
        var lines = await CountedLines.ReadAsync(world.Client, lease.Lease);
        lines.AssertNeverStopped();
        Assert.Equal(30, lines.Numbers.Count);
        await Ledger.AssertConservedAsync(world.Grid, ended);
    }

    public void Dispose() => _folder.Dispose();

    private async Task SurvivesAsync(Func<RunningGrid, LeaseStatus, Task> killAndStart)
    {
        await using var world = await RunningGrid.StartAsync();
        var opened = Stopwatch.GetTimestamp();
        var (deployment, lease) = await world.DeployAsync(Workloads.Count(_folder, "service"));
        await Eventually.Gives(() => world.Client.GetLeaseAsync(lease.Lease), status => status.Seconds >= 2, "two seconds are billed");
        var before = await CountedLines.ReadAsync(world.Client, lease.Lease);

        await killAndStart(world, lease);

        var billed = (await world.Client.GetLeaseAsync(lease.Lease)).Seconds;
        var running = await Eventually.Gives(() => world.Client.GetLeaseAsync(lease.Lease), status => status.Phase == LeasePhase.Active && status.Seconds >= billed + 2, "the lease is active and billed on");
        Assert.Null(running.CloseReason);
        var after = await CountedLines.ReadAsync(world.Client, lease.Lease);
        after.AssertNeverStopped();
        Assert.Equal(before.Tokens, after.Tokens);
        Assert.True(after.Numbers.Count > before.Numbers.Count, $"{before} before the kill, {after} after it");

        var closed = await world.CloseAsync(deployment);
        var only = Assert.Single(Assert.Single(closed.Orders).Leases);
        Assert.Equal(lease.Lease, only.Lease);
        Assert.InRange(only.Seconds, 4, (long)Math.Ceiling(Stopwatch.GetElapsedTime(opened).TotalSeconds));
        await Ledger.AssertConservedAsync(world.Grid, closed);
        Assert.True(only.Charged > Money.Zero);
    }
}
