using System.Collections.Concurrent;
using Grid.Chain.Crypto;
using Grid.Node.Artifacts;
using Grid.Protocol;

namespace Grid.Node.Link;

/// <summary>Whose leases' logs and outputs lie here, also after the ledger has forgotten the lease. One small file each, beside the outputs.</summary>
internal sealed class LeaseOperators(string dataDirectory)
{
    private readonly string _root = Path.Combine(dataDirectory, "operators");
    private readonly ConcurrentDictionary<LeaseId, Address> _known = new();

    /// <summary>Written before the lease starts.</summary>
    public void Remember(LeaseId lease, Address @operator)
    {
        if (!_known.TryAdd(lease, @operator)) return;
        PrivateFiles.CreateDirectory(_root);
        File.WriteAllText(FileOf(lease), @operator.ToString());
    }

    public bool IsTheirs(LeaseId lease, Address @operator) => (_known.TryGetValue(lease, out var known) ? known : Read(lease)) == @operator;

    /// <summary>Forgets leases of which nothing lies here any more.</summary>
    public void Sweep(Func<LeaseId, bool> isKept, TimeProvider time)
    {
        if (!Directory.Exists(_root)) return;
        var oldest = time.GetUtcNow().AddMilliseconds(-Limits.OwnerGraceMs).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(_root).Where(file => File.GetLastWriteTimeUtc(file) < oldest).ToArray())
        {
            if (!LeaseId.TryParse(Path.GetFileName(file), null, out var lease) || isKept(lease)) continue;
            File.Delete(file);
            _known.TryRemove(lease, out _);
        }
    }

    private Address? Read(LeaseId lease)
    {
        try
        {
            return Address.TryParse(File.ReadAllText(FileOf(lease)), out var address) ? _known.GetOrAdd(lease, address) : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FileOf(LeaseId lease) => Path.Combine(_root, lease.ToString());
}
