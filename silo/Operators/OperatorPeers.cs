using Grid.Silo.Hosting;

namespace Grid.Silo.Operators;

/// <summary>The peers by option and by file. The file is read again when it has changed, so that a grid may start its operators before it knows where they are.</summary>
internal sealed class OperatorPeers(SiloOptions options, GridIdentity identity)
{
    private readonly Lock _gate = new();
    private DateTime _readAt = DateTime.MinValue;
    private OperatorPeer[] _fromFile = [];

    /// <summary>Ascending by address; this operator is not among them.</summary>
    public IReadOnlyList<OperatorPeer> All()
    {
        lock (_gate)
        {
            ReadFile_NeedsLock();
            return [.. options.Peers.Concat(_fromFile).Where(peer => peer.Operator != identity.Operator).DistinctBy(static peer => peer.Operator).OrderBy(static peer => peer.Operator)];
        }
    }

    /// <summary>One line a peer; a line that is none, as a comment, says nothing.</summary>
    private void ReadFile_NeedsLock()
    {
        if (options.PeersFile is not { } path || !File.Exists(path)) return;
        var file = new FileInfo(path);
        if (file.LastWriteTimeUtc == _readAt || file.Length > Limits.MaxPeersFileBytes) return;
        _readAt = file.LastWriteTimeUtc;
        _fromFile = [.. File.ReadLines(path).Select(static line => OperatorPeer.TryParse(line, out var peer) ? peer : null).OfType<OperatorPeer>().Take(Protocol.Eras.Limits.MaxOperators)];
    }
}
