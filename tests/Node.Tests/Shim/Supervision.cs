using System.Diagnostics;
using System.Globalization;
using Grid.Node.Execution;
using Grid.Tests.Node.Execution;

namespace Grid.Tests.Node.Shim;

public sealed class Supervision
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_node_stops_no_workload_and_the_next_one_adopts_it()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var supervisor = node.Engine.SupervisorProcessId;
        var lease = NodeUnderTest.NewLease();
        var key = new WorkloadKey(lease, "job", 0);

        await KilledNode.StartAndKillAsync(node.DataDirectory, lease);
        await node.ReopenAsync();
        var adopted = await node.StatusAsync(key, _ => true);
        var end = await node.ExitOfAsync(key);

        Assert.Equal(supervisor, node.Engine.SupervisorProcessId);
        Assert.NotEqual(WorkloadState.Exited, adopted.State);
        Assert.Equal((ExitReason.Failed, 42, 0), (end.Reason, end.ExitCode, end.Restarts));
        Assert.Equal(Enumerable.Range(1, 30).Select(number => number.ToString(CultureInfo.InvariantCulture)), node.Log(key));
        Assert.True(end.RunMs is >= 3000 and < 30_000, $"{end.RunMs} ms");
    }

    [Fact]
    public async Task A_node_that_started_its_own_supervisor_leaves_it_behind_when_killed()
    {
        // The engine here only tells whether this machine can isolate; its supervisor is gone before the other one starts.
        await using var node = await NodeUnderTest.StartAsync();
        await node.Engine.ShutdownAsync(Cancel);
        var lease = NodeUnderTest.NewLease();

        await KilledNode.StartAndKillAsync(node.DataDirectory, lease);
        await node.ReopenAsync();

        Assert.Equal(42, (await node.ExitOfAsync(new WorkloadKey(lease, "job", 0))).ExitCode);
    }

    [Fact]
    public async Task What_is_not_paid_is_stopped_without_any_node()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Service("trap '' TERM; echo up; while :; do sleep 0.05; done")) with { StopAtBootMs = node.Clock.NowMs + 1500 };
        await node.StartAsync(lease);
        await node.LineAsync(NodeUnderTest.KeyOf(lease), "up");
        await node.Engine.DisposeAsync();

        using var patience = new CancellationTokenSource(NodeUnderTest.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var state = Path.Combine(node.DataDirectory, "leases", lease.Lease.ToString(), "state", "web.0.json");
        while (!(await File.ReadAllTextAsync(state, Cancel)).Contains("\"state\":\"Exited\"", StringComparison.Ordinal)) await pause.WaitForNextTickAsync(patience.Token);
        await node.ReopenAsync();

        var end = await node.ExitOfAsync(NodeUnderTest.KeyOf(lease));
        Assert.Equal(ExitReason.PaidThroughReached, end.Reason);
        Assert.InRange(end.EndedBootMs - lease.StopAtBootMs, 0, 1000);
    }

    [Fact]
    public async Task What_is_extended_runs_on()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var lease = node.Lease(NodeUnderTest.Batch("sleep 2; echo lived")) with { StopAtBootMs = node.Clock.NowMs + 1000 };
        await node.StartAsync(lease);
        await node.Engine.ExtendAsync(lease.Lease, lease.StopAtBootMs + 60_000, Cancel);
        await node.Engine.ExtendAsync(lease.Lease, lease.StopAtBootMs, Cancel);

        Assert.Equal(ExitReason.Completed, (await node.ExitOfAsync(NodeUnderTest.KeyOf(lease))).Reason);
    }

    [Fact]
    public async Task Workloads_die_with_their_supervisor_and_are_reported_as_lost()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var marker = $"6{Random.Shared.Next(100_000_000, 999_999_999)}";
        var lease = node.Lease(NodeUnderTest.Batch($"echo up; exec sleep {marker}"));
        await node.StartAsync(lease);
        await node.LineAsync(NodeUnderTest.KeyOf(lease), "up");
        var inside = await ProcessesOutside.AppearAsync($"sleep\0{marker}");

        using (var supervisor = Process.GetProcessById(node.Engine.SupervisorProcessId)) supervisor.Kill();
        foreach (var pid in inside) await ProcessesOutside.GoneAsync(pid);
        await node.ReopenAsync();

        var end = await node.ExitOfAsync(NodeUnderTest.KeyOf(lease));
        Assert.Equal((ExitReason.Lost, (int?)null), (end.Reason, end.ExitCode));
        var again = await node.Engine.StartAsync(lease, Cancel);
        Assert.Equal(ExitReason.Lost, Assert.Single(again).Reason);
    }

    [Fact]
    public async Task Two_engines_on_one_directory_share_one_supervisor()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var other = await WorkloadEngine.OpenAsync(new WorkloadEngineOptions(node.DataDirectory), TimeProvider.System, Cancel);
        Assert.Equal(node.Engine.SupervisorProcessId, other.SupervisorProcessId);
    }

    [Fact]
    public async Task A_supervisor_that_was_shut_down_is_not_called_up_again_by_a_watcher()
    {
        var root = Directory.CreateTempSubdirectory("grid-watched-");
        try
        {
            await using var engine = await WorkloadEngine.OpenAsync(new WorkloadEngineOptions(root.FullName, AllowUnisolated: true), TimeProvider.System, Cancel);
            var watching = Task.Run(async () =>
            {
                await foreach (var _ in engine.WatchAsync(Cancel)) Assert.Fail("nothing runs, so nothing changes");
            }, Cancel);

            await engine.ShutdownAsync(Cancel);

            await Assert.ThrowsAnyAsync<IOException>(() => watching);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_data_directory_may_have_a_long_path()
    {
        var root = Directory.CreateTempSubdirectory("grid-long-");
        var directory = Path.Combine(root.FullName, new string('a', 100), new string('b', 100));
        try
        {
            await using var engine = await WorkloadEngine.OpenAsync(new WorkloadEngineOptions(directory, AllowUnisolated: true), TimeProvider.System, Cancel);
            Assert.Empty(await engine.ListAsync(Cancel));
            await engine.ShutdownAsync(Cancel);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
