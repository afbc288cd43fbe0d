using System.Threading.Channels;
using Grid.Node.Execution;

namespace Grid.Node.Shim;

/// <summary>Tells watchers of changed statuses. One that does not keep up is closed, and asks again for everything.</summary>
internal sealed class StatusFeed
{
    private readonly Lock _gate = new();
    private readonly List<Channel<WorkloadStatus>> _watchers = [];

    public Channel<WorkloadStatus> Subscribe()
    {
        var watcher = Channel.CreateBounded<WorkloadStatus>(Limits.MaxWaitingEvents);
        lock (_gate) _watchers.Add(watcher);
        return watcher;
    }

    public void Unsubscribe(Channel<WorkloadStatus> watcher)
    {
        lock (_gate) _watchers.Remove(watcher);
    }

    /// <param name="workload">Asked for its status inside the lock, so that a watcher never sees an older one after a newer.</param>
    public void Publish(Workload workload)
    {
        lock (_gate)
        {
            var status = workload.Status;
            foreach (var watcher in _watchers)
            {
                if (!watcher.Writer.TryWrite(status)) watcher.Writer.TryComplete();
            }
        }
    }
}
