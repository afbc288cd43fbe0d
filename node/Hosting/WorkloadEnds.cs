using System.Collections.Concurrent;
using Grid.Node.Execution;
using Grid.Protocol;

namespace Grid.Node.Hosting;

/// <summary>Which workloads have ended, as the engine said last: whoever follows a log asks often.</summary>
internal sealed class WorkloadEnds
{
    private readonly ConcurrentDictionary<WorkloadKey, bool> _hasEnded = new();

    public void Take(WorkloadStatus status) => _hasEnded[status.Key] = status.HasExited;

    /// <returns>Null where the engine has not spoken of it since this process started.</returns>
    public bool? HasEnded(WorkloadKey key) => _hasEnded.TryGetValue(key, out var hasEnded) ? hasEnded : null;

    public void Forget(LeaseId lease)
    {
        foreach (var key in _hasEnded.Keys.Where(key => key.Lease == lease).ToArray()) _hasEnded.TryRemove(key, out _);
    }
}
