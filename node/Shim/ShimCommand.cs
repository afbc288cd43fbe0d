using Grid.Node.Execution;
using Grid.Node.Execution.Sandboxes;
using Grid.Node.Inventory;

namespace Grid.Node.Shim;

/// <summary>
/// <c>grid-node shim --dir DIR</c>: the process that holds a node's workloads. It outlives the node, so that nothing stops when a node is restarted, upgraded or
/// killed; it knows how long each is paid for, so that nothing runs on unpaid when no node comes back.
/// </summary>
internal static class ShimCommand
{
    public const int AlreadyHeld = 3;

    /// <returns>0 after a shutdown, or <see cref="AlreadyHeld"/> where another supervisor holds this directory.</returns>
    public static async Task<int> RunAsync(string dataDirectory)
    {
        var paths = new ShimPaths(Path.GetFullPath(dataDirectory));
        Directory.CreateDirectory(paths.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var held = TryLock(paths.Lock);
        if (held is null)
        {
            await Console.Error.WriteLineAsync($"Another supervisor holds {paths.Directory}.");
            return AlreadyHeld;
        }

        foreach (var stale in Directory.GetFiles(paths.Directory, "relay-*.sock")) File.Delete(stale);
        await RunAsync(paths, TimeProvider.System);
        return 0;
    }

    private static async Task RunAsync(ShimPaths paths, TimeProvider time)
    {
        var tools = Tools.Find();
        var starter = new Starter();
        var clock = new SystemBootClock();
        var (isolation, cgroups) = IsolationProbe.Run(tools, starter, paths.DataDirectory, time);
        LostWorkloads.Settle(paths.DataDirectory, cgroups);

        using var networks = new NetworkHolders(tools, starter, new RelayProgram(NodeProgram.Own, tools, starter, paths.Directory));
        var events = new StatusFeed();
        var table = new WorkloadTable(new ShimContext(tools, starter, cgroups, networks, events, clock, time, isolation.Level > IsolationLevel.None));
        using var shutdown = new CancellationTokenSource();
        using var listener = UnixSockets.Listen(paths.Socket);
        var server = new ShimServer(listener, table, events, isolation, shutdown);
        var serving = server.RunAsync();
        var disks = new Thread(() => WatchDisks(table, shutdown.Token)) { IsBackground = true, Name = "disks" };
        disks.Start();
        await WatchDeadlinesAsync(table, clock, server, time, shutdown);
        await serving;
        disks.Join();
        await StopAllAsync(table, clock, time);
        File.Delete(paths.Socket);
    }

    private static async Task WatchDeadlinesAsync(WorkloadTable table, SystemBootClock clock, ShimServer server, TimeProvider time, CancellationTokenSource shutdown)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.TickMs), time);
        var busyAtMs = clock.NowMs;
        while (!shutdown.IsCancellationRequested && await ticks.WaitForNextTickAsync())
        {
            var nowMs = clock.NowMs;
            table.Tick(nowMs);
            if (server.HasConnections || !table.IsIdle) busyAtMs = nowMs;
            if (nowMs - busyAtMs > Limits.IdleExitMs) await shutdown.CancelAsync();
        }
    }

    /// <summary>On a thread of its own: walking a large tree must not hold up the deadlines.</summary>
    private static void WatchDisks(WorkloadTable table, CancellationToken shutdown)
    {
        while (!shutdown.WaitHandle.WaitOne(Limits.DiskCheckMs)) table.CheckDisks();
    }

    private static async Task StopAllAsync(WorkloadTable table, SystemBootClock clock, TimeProvider time)
    {
        table.StopAll(Limits.PaidThroughGraceMs);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.TickMs), time);
        var givenUpAtMs = clock.NowMs + Limits.StartTimeoutMs;
        while (!table.IsIdle && clock.NowMs < givenUpAtMs && await ticks.WaitForNextTickAsync()) table.Tick(clock.NowMs);
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
