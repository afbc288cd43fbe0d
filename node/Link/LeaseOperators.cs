using System.Collections.Concurrent;
using Grid.Chain.Crypto;
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
        Directory.CreateDirectory(_root);
        File.WriteAllText(FileOf(lease), @operator.ToString());
    }

    public bool IsTheirs(LeaseId lease, Address @operator) => (_known.TryGetValue(lease, out var known) ? known : Read(lease)) == @operator;

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
