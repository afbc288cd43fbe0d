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
    SealedOutputs outputs,
    LeaseOperators owners,
    MachineInventory machine,
    NodeIdentity identity,
    Lazy<IGrainFactory> grains,
    Lazy<OperatorLinks> links,
    IBootClock clock,
    TimeProvider time,
    ILogger<Workloads> log) : BackgroundService, IWorkloads
{
    private readonly ConcurrentDictionary<LeaseId, long> _stopAt = new();

    private INodeGrain Ledger => grains.Value.GetGrain<INodeGrain>(INodeGrain.Key);

    public void Start(NodeLease lease) => _ = Guarded(lease.Lease, () => StartAsync(lease));

    public void Extend(LeaseId lease, long stopAtBootMs)
    {
        if (_stopAt.TryGetValue(lease, out var known) && known >= stopAtBootMs) return;
        _stopAt[lease] = stopAtBootMs;
        _ = Guarded(lease, () => engine.ExtendAsync(lease, stopAtBootMs, CancellationToken.None));
    }

    public void Stop(LeaseId lease) => _ = Guarded(lease, () => engine.StopAsync(lease, null, CancellationToken.None));

    public void Retire(LeaseId lease)
    {
        _stopAt.TryRemove(lease, out _);
        vault.Forget(lease);
        _ = Guarded(lease, () => engine.ClearFilesAsync(lease, CancellationToken.None));
    }

    /// <summary>Tells the ledger what every workload becomes, from the beginning again after each start of this process.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sweep = time.CreateTimer(_ => _ = Guarded(default, SweepAsync), null, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await foreach (var status in engine.WatchAsync(stoppingToken))
        {
            await Guarded(status.Key.Lease, () => ObserveAsync(status, stoppingToken));
        }
    }

    private async Task StartAsync(NodeLease lease)
    {
        try
        {
            owners.Remember(lease.Lease, lease.Operator);
            await FetchInputsAsync(lease);
            var stopAt = clock.NowMs + lease.MostSeconds * 1000;
            _stopAt[lease.Lease] = stopAt;
            await engine.StartAsync(WorkloadPlan.Of(lease, secret => vault.Find(lease.Lease, secret) ?? "", DevicesOf, stopAt), CancellationToken.None);
            await Ledger.Started(lease.Lease, null);
        }
        catch (Exception failure) when (failure is WorkloadRefusedException or IOException or SealingException or InvalidOperationException or UnauthorizedAccessException)
        {
            await Ledger.Started(lease.Lease, failure.Message);
        }
        finally
        {
            vault.Forget(lease.Lease);
        }
    }

    private async Task FetchInputsAsync(NodeLease lease)
    {
        var manifest = SealedManifest.Read(lease.Manifest);
        foreach (var key in WorkloadPlan.Keys(lease))
        {
            foreach (var input in manifest.FindService(key.Service)!.Inputs) await FetchInputAsync(lease, key, input.Name);
        }
    }

    private async Task FetchInputAsync(NodeLease lease, WorkloadKey key, string name)
    {
        await using var stream = links.Value.OpenStream(lease.Operator, new InputPurpose(lease.Lease, key.Service, name));
        await using var file = engine.CreateInput(key, name);
        var context = SealingContext.LeaseInput(lease.Lease, key.Service, name);
        await SealedStream.OpenAsync(identity.Sealing, stream, file, context, Artifacts.Limits.MaxArtifactBytes, CancellationToken.None);
    }

    private async Task ObserveAsync(EngineStatus status, CancellationToken cancellation)
    {
        var ledger = await Ledger.GetLedger();
        if (!ledger.Leases.TryGetValue(status.Key.Lease, out var lease)) return;
        var made = status.HasExited ? await SealOutputsAsync(lease, status.Key, cancellation) : [];
        var bootMs = status.HasExited && status.EndedBootMs > 0 ? status.EndedBootMs : Math.Max(status.StartedBootMs, 0);
        await Ledger.Observe(lease.Lease, WireStatus.Of(status, lease.Seconds, made), status.HasExited, bootMs);
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

    /// <summary>Forgets what ended long ago and stands in no ledger.</summary>
    private async Task SweepAsync()
    {
        outputs.Sweep(time);
        var ledger = await Ledger.GetLedger();
        var statuses = await engine.ListAsync(CancellationToken.None);
        foreach (var lease in statuses.GroupBy(static status => status.Key.Lease).Where(lease => !ledger.Leases.ContainsKey(lease.Key)))
        {
            var isOld = lease.All(status => status.HasExited && (status.BootId != clock.BootId || clock.NowMs - status.EndedBootMs > Artifacts.Limits.RetentionMs));
            if (isOld) await engine.RemoveAsync(lease.Key, CancellationToken.None);
            else if (lease.Any(static status => !status.HasExited)) await engine.StopAsync(lease.Key, null, CancellationToken.None);
        }
    }

    private async Task Guarded(LeaseId lease, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The node stops; its workloads run on.
        }
        catch (Exception failure)
        {
            // The next tick asks for the same again.
            LogFailed(lease, failure);
        }
    }

    private ImmutableArray<string> DevicesOf(string uuid) => machine.Gpus.FirstOrDefault(gpu => gpu.Uuid == uuid) is { } gpu
        ? GpuDevices.Of(gpu, static path => File.Exists(path) ? File.ReadAllText(path) : "")
        : [];
}
