using Grid.Node.Execution;
using Grid.Node.Execution.Sandboxes;
using Grid.Protocol;

namespace Grid.Node.Shim;

/// <summary>One network a lease and replica number, for as long as one of its services is being run.</summary>
internal sealed class NetworkHolders(Tools tools, Starter starter, RelayProgram relays) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(LeaseId, int), Entry> _entries = [];

    public NetworkHolder Hold(WorkloadKey key, uint? uid)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((key.Lease, key.Replica), out var entry)) _entries[(key.Lease, key.Replica)] = entry = new Entry();
            if (entry.Network is { HasEnded: true }) entry.Close();
            entry.Network ??= NetworkHolder.Start(tools, starter, uid);
            entry.Services.Add(key.Service);
            return entry.Network;
        }
    }

    public void Release(WorkloadKey key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((key.Lease, key.Replica), out var entry)) return;
            entry.Services.Remove(key.Service);
            if (entry.Services.Count > 0) return;
            _entries.Remove((key.Lease, key.Replica));
            entry.Close();
        }
    }

    /// <returns>The path of a socket that leads into the network; null where nothing of it runs.</returns>
    public string? RelayInto(WorkloadKey key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((key.Lease, key.Replica), out var entry) || entry.Network is not { HasEnded: false } network) return null;
            if (entry.Relay is { HasEnded: true } dead) dead.Dispose();
            if (entry.Relay is null or { HasEnded: true }) entry.Relay = relays.Start(network);
            return entry.Relay.SocketPath;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values) entry.Close();
            _entries.Clear();
        }
    }

    private sealed class Entry
    {
        public SortedSet<string> Services { get; } = new(StringComparer.Ordinal);

        public NetworkHolder? Network { get; set; }

        public Relay? Relay { get; set; }

        public void Close()
        {
            Relay?.Dispose();
            Relay = null;
            Network?.Dispose();
            Network = null;
        }
    }
}
