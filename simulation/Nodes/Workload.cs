using System.Collections.Immutable;
using Grid.Leases;

namespace Grid.Simulation;

/// <summary>What really runs for one lease. It outlives its node's process, not its machine.</summary>
/// <param name="startedMs">On the machine's boot-time clock.</param>
/// <param name="endsMs">When it ends by itself; null for never.</param>
internal sealed class Workload(long startedMs, long? endsMs, int exitCode, ImmutableArray<(string Service, int Replica)> services)
{
    private long? _stoppedMs;

    public long StartedMs { get; } = startedMs;

    public void Stop(long bootMs) => _stoppedMs ??= Math.Min(bootMs, endsMs ?? bootMs);

    public bool IsRunningAt(long bootMs) => _stoppedMs is null && !HasExited(bootMs);

    public bool HasExited(long bootMs) => endsMs <= bootMs && (_stoppedMs is null || _stoppedMs >= endsMs);

    public bool HasSucceeded => exitCode == 0;

    /// <summary>The boot-time clock as far as it counts for this workload.</summary>
    public long LastMs(long bootMs) => Math.Min(bootMs, Math.Min(_stoppedMs ?? bootMs, endsMs ?? bootMs));

    public long RunMs(long bootMs) => LastMs(bootMs) - StartedMs;

    public ImmutableArray<ServiceReport> Reports(long bootMs)
    {
        var phase = !HasExited(bootMs) ? (_stoppedMs is null ? ServicePhase.Running : ServicePhase.Stopped)
            : HasSucceeded ? ServicePhase.Succeeded : ServicePhase.Failed;
        int? code = HasExited(bootMs) ? exitCode : null;
        return [.. services.Select(service => new ServiceReport(service.Service, service.Replica, 0, phase, code, false, null, []))];
    }
}
