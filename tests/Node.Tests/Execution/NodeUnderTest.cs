using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Node.Execution;
using Grid.Node.Inventory;
using Grid.Protocol;

namespace Grid.Tests.Node.Execution;

/// <summary>An engine on a directory of its own, with a real supervisor; both are gone afterwards.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private NodeUnderTest(string directory, WorkloadEngine engine)
    {
        DataDirectory = directory;
        Engine = engine;
    }

    public string DataDirectory { get; }

    public WorkloadEngine Engine { get; private set; }

    public SystemBootClock Clock { get; } = new();

    public static async Task<NodeUnderTest> StartAsync(IsolationLevel atLeast = IsolationLevel.Namespaces, string imageTransport = "docker://")
    {
        var directory = Directory.CreateTempSubdirectory("grid-node-").FullName;
        try
        {
            var options = new WorkloadEngineOptions(directory) { ImageTransport = imageTransport };
            var node = new NodeUnderTest(directory, await WorkloadEngine.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken));
            if (node.Engine.Isolation.Level >= atLeast) return node;
            var why = string.Join("; ", node.Engine.Isolation.Shortcomings);
            await node.DisposeAsync();
            Assert.Skip($"needs isolation level {atLeast}: {why}");
            throw new InvalidOperationException();
        }
        catch (IsolationRefusedException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    /// <summary>As a restarted node does: a new engine on the same directory.</summary>
    public async Task ReopenAsync()
    {
        await Engine.DisposeAsync();
        Engine = await WorkloadEngine.OpenAsync(new WorkloadEngineOptions(DataDirectory), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public static LeaseId NewLease() => new(new Hash256(RandomNumberGenerator.GetBytes(32)));

    public LeaseWorkload Lease(params ServiceWorkload[] services) => new(NewLease(), 1, Clock.NowMs + 600_000, 64, [.. services]);

    public static ServiceWorkload Batch(string script, string service = "job") =>
        new(service, 0, WorkloadKind.Batch, "host", ["/bin/sh", "-c", script], [], new WorkloadResources(1000, 128)) { StopGraceMs = 2000 };

    public static ServiceWorkload Service(string script, string service = "web") => Batch(script, service) with { Kind = WorkloadKind.Service };

    public static WorkloadKey KeyOf(LeaseWorkload lease, int service = 0) => new(lease.Lease, lease.Services[service].Service, lease.Services[service].Replica);

    public Task StartAsync(LeaseWorkload lease) => Engine.StartAsync(lease, TestContext.Current.CancellationToken);

    public async Task<WorkloadStatus> RunAsync(LeaseWorkload lease)
    {
        await StartAsync(lease);
        return await ExitOfAsync(KeyOf(lease));
    }

    public Task<WorkloadStatus> ExitOfAsync(WorkloadKey key) => StatusAsync(key, status => status.HasExited);

    public async Task<WorkloadStatus> StatusAsync(WorkloadKey key, Func<WorkloadStatus, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        WorkloadStatus? last = null;
        try
        {
            await foreach (var status in Engine.WatchAsync(patience.Token))
            {
                if (status.Key != key) continue;
                last = status;
                if (wanted(status)) return status;
            }
        }
        catch (OperationCanceledException)
        {
            // Below, with what was seen.
        }

        throw new TimeoutException($"{key} did not get there; last: {last}; log: {string.Join('\n', Log(key))}");
    }

    /// <summary>Waits for a line of the log.</summary>
    public async Task<string> LineAsync(WorkloadKey key, string start)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await pause.WaitForNextTickAsync(patience.Token))
        {
            if (Log(key).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) is { } line) return line;
        }

        throw new TimeoutException();
    }

    public ImmutableArray<string> Log(WorkloadKey key)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var chunk = Engine.ReadLogs(key, 0); chunk.Lines.Length > 0; chunk = Engine.ReadLogs(key, chunk.NextOffset)) lines.AddRange(chunk.Lines.Select(line => line.Text));
        return lines.ToImmutable();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.ShutdownAsync(CancellationToken.None);
        await Engine.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }
}
