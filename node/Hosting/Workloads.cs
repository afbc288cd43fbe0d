using System.Collections.Concurrent;
using System.Collections.Immutable;
using Grid.Node.Artifacts;
using Grid.Node.Execution;
using Grid.Node.Inventory;
using Grid.Node.Leases;
using Grid.Node.Link;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using EngineStatus = Grid.Node.Execution.WorkloadStatus;

namespace Grid.Node.Hosting;

/// <summary>Runs leases on the engine, beside the ledger: what takes time happens here, and the ledger hears of it.</summary>
internal sealed partial class Workloads(
    WorkloadEngine engine,
    SecretVault vault,
    LeaseInputs inputs,
    SealedOutputs outputs,
    WorkloadEnds ends,
    LeaseOperators owners,
    MachineInventory machine,
    NodeIdentity identity,
    Lazy<IGrainFactory> grains,
    IBootClock clock,
    TimeProvider time,
    ILogger<Workloads> log) : BackgroundService, IWorkloads
{
    private readonly ConcurrentDictionary<LeaseId, long> _stopAt = new();
    private readonly ConcurrentDictionary<LeaseId, CancellationTokenSource> _starts = new();
    private readonly ConcurrentDictionary<WorkloadKey, bool> _ending = new();
    private readonly SemaphoreSlim _seals = new(Limits.SealsAtOnce);
    private readonly SemaphoreSlim _sweepSoon = new(0, 1);
    private readonly CancellationTokenSource _stopping = new();

    private INodeGrain Ledger => grains.Value.GetGrain<INodeGrain>(INodeGrain.Key);

    public void Start(NodeLease lease)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        if (_starts.TryAdd(lease.Lease, stop)) _ = Guarded(lease.Lease, () => StartAsync(lease, stop));
        else stop.Dispose();
    }

    public void Extend(LeaseId lease, long stopAtBootMs)
    {
        if (_stopAt.TryGetValue(lease, out var known) && known >= stopAtBootMs) return;
        _ = Guarded(lease, () => ExtendAsync(lease, stopAtBootMs));
    }

    public void Stop(LeaseId lease)
    {
        if (_starts.TryGetValue(lease, out var start)) _ = Guarded(lease, start.CancelAsync);
        _ = Guarded(lease, () => engine.StopAsync(lease, null, CancellationToken.None));
    }

    public void Retire(LeaseId lease)
    {
        vault.Forget(lease);
        _stopAt.TryRemove(lease, out _);
        Stop(lease);
        SweepSoon();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        _seals.Dispose();
        _sweepSoon.Dispose();
        base.Dispose();
    }

    /// <summary>Tells the ledger what every workload becomes, from the beginning again after each start of this process.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(WatchAsync(stoppingToken), SweepAsync(stoppingToken));

    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Guarded(default, async () =>
            {
                await foreach (var status in engine.WatchAsync(cancellation)) await Guarded(status.Key.Lease, () => TakeAsync(status));
            });
            await Task.Delay(TimeSpan.FromMilliseconds(Limits.WatchPauseMs), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StartAsync(NodeLease lease, CancellationTokenSource stop)
    {
        var failure = await TryStartAsync(lease, stop.Token);
        vault.Forget(lease.Operator, lease.Lease);
        if (_starts.TryRemove(lease.Lease, out _)) stop.Dispose();
        if (_stopping.IsCancellationRequested && failure is not null) return;

        if (failure is not null) await engine.StopAsync(lease.Lease, 0, CancellationToken.None);
        await Ledger.Started(lease.Lease, failure);
        if (failure is not null) SweepSoon();
    }

    /// <returns>Why it could not be started, in words for its operator; null where it runs or has run.</returns>
    private async Task<StartFailure?> TryStartAsync(NodeLease lease, CancellationToken cancellation)
    {
        try
        {
            owners.Remember(lease.Lease, lease.Operator);
            if (await HasBegunAsync(lease, cancellation)) return null;
            if (lease.HasSecrets && !HasSecretsOf(lease))
                return StartFailure.OfNode("the node restarted before the workload did, and its secrets were in memory alone.");
            await inputs.FetchAsync(lease, cancellation);
            var current = (await Ledger.GetLedger()).Leases.GetValueOrDefault(lease.Lease) ?? lease;
            var stopAt = Partition.StopAtBootMs(current, clock.BootId, clock.NowMs);
            if (stopAt <= clock.NowMs) return StartFailure.OfNode("its operator, or its money, was gone before it could start.");
            await engine.StartAsync(WorkloadPlan.Of(lease, secret => vault.Find(lease.Operator, lease.Lease, secret) ?? "", DevicesOf, stopAt), cancellation);
            _stopAt[lease.Lease] = stopAt;
            return null;
        }
        catch (OperationCanceledException)
        {
            return StartFailure.OfNode("it was stopped before it started.");
        }
        catch (WorkloadRefusedException refused)
        {
            return StartFailure.OfWorkload(refused.Message);
        }
        catch (Exception failure)
        {
            LogFailed(lease.Lease, failure);
            return StartFailure.OfNode("the node could not start it; its own log says why.");
        }
    }

    /// <summary>Whether an earlier process of this node started all of it already.</summary>
    private async Task<bool> HasBegunAsync(NodeLease lease, CancellationToken cancellation)
    {
        var known = (await engine.ListAsync(cancellation)).Select(static status => status.Key).ToHashSet();
        return WorkloadPlan.Keys(lease).All(known.Contains);
    }

    private bool HasSecretsOf(NodeLease lease)
    {
        var manifest = SealedManifest.Read(lease.Manifest);
        var services = WorkloadPlan.Keys(lease).Select(static key => key.Service).Distinct().Select(name => manifest.FindService(name)!);
        return services.SelectMany(static service => service.Secrets).All(secret => vault.Find(lease.Operator, lease.Lease, secret) is not null);
    }

    private async Task ExtendAsync(LeaseId lease, long stopAtBootMs)
    {
        await engine.ExtendAsync(lease, stopAtBootMs, CancellationToken.None);
        _stopAt[lease] = stopAtBootMs;
    }

    private async Task TakeAsync(EngineStatus status)
    {
        ends.Take(status);
        var ledger = await Ledger.GetLedger();
        if (!ledger.Leases.TryGetValue(status.Key.Lease, out var lease)) return;
        if (!status.HasExited) await Ledger.Observe(lease.Lease, WireStatus.Seen(status, lease.Seconds, null));
        else if (lease.Phase != NodeLeasePhase.Ended && !HasEnd(lease, status.Key) && _ending.TryAdd(status.Key, true)) _ = Guarded(lease.Lease, () => EndAsync(lease, status));
    }

    /// <summary>Its outputs are in the status that says that it has ended, so they are sealed before.</summary>
    private async Task EndAsync(NodeLease lease, EngineStatus status)
    {
        await _seals.WaitAsync(_stopping.Token);
        try
        {
            if (status.EndedBootMs > 0 && status.Reason != ExitReason.StartFailed) await Ledger.Observe(lease.Lease, WireStatus.Seen(status, lease.Seconds, null));
            var made = await SealOutputsAsync(lease, status.Key, _stopping.Token);
            await Ledger.Observe(lease.Lease, WireStatus.Seen(status, lease.Seconds, made));
        }
        finally
        {
            _seals.Release();
            _ending.TryRemove(status.Key, out _);
        }

        SweepSoon();
    }

    private async Task<IReadOnlyList<WorkloadOutput>> SealOutputsAsync(NodeLease lease, WorkloadKey key, CancellationToken cancellation)
    {
        var made = new List<WorkloadOutput>();
        foreach (var output in SealedManifest.Read(lease.Manifest).FindService(key.Service)!.Outputs)
        {
            try
            {
                await using var clear = engine.OpenOutput(key, output.Name);
                made.Add(await outputs.SealAsync(key, output.Name, clear, TenantKeyOf(lease), cancellation));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                LogNoOutput(lease.Lease, key.Service, output.Name, failure.Message);
            }
        }

        return made;
    }

    private SealingPublicKey? TenantKeyOf(NodeLease lease) => lease.TenantKey is { } published && published.IsValidFor(lease.Payer, identity.Domain, time.GetUtcNow())
        ? published.PublicKey
        : null;

    private static bool HasEnd(NodeLease lease, WorkloadKey key) => lease.Ends.Any(end => end.Status.Service == key.Service && end.Status.Ordinal == key.Replica);

    private async Task Guarded(LeaseId lease, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            // The node stops, and its workloads run on; or a start is over that was to be stopped.
        }
        catch (Exception failure)
        {
            // The next tick or the next sweep asks for the same again.
            LogFailed(lease, failure);
        }
    }

    private ImmutableArray<string> DevicesOf(string uuid) => machine.Gpus.FirstOrDefault(gpu => gpu.Uuid == uuid) is { } gpu
        ? GpuDevices.Of(gpu, static path => File.Exists(path) ? File.ReadAllText(path) : "")
        : [];
}
