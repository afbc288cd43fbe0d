using System.Collections.Concurrent;
using System.Text;
using Grid.Chain.Crypto;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;

namespace Grid.Node.Hosting;

/// <summary>The clear secrets of leases that have not started yet, of each operator apart. In memory alone, and only until the start.</summary>
public sealed class SecretVault(NodeIdentity identity)
{
    private readonly ConcurrentDictionary<(Address Operator, LeaseId Lease, SecretRef Secret), string> _clear = new();

    /// <exception cref="SealingException">A secret is not sealed to this node for this lease.</exception>
    public void Take(Address @operator, Proposal proposal)
    {
        foreach (var secret in proposal.Secrets)
        {
            var bytes = secret.Sealed.Open(identity.Sealing, SealingContext.LeaseSecret(proposal.Lease, secret.Service, secret.Name));
            _clear[(@operator, proposal.Lease, new SecretRef(secret.Service, secret.Kind, secret.Name))] = Encoding.UTF8.GetString(bytes);
        }
    }

    public string? Find(Address @operator, LeaseId lease, SecretRef secret) => _clear.GetValueOrDefault((@operator, lease, secret));

    public void Forget(Address @operator, LeaseId lease) => Forget(key => key.Operator == @operator && key.Lease == lease);

    public void Forget(LeaseId lease) => Forget(key => key.Lease == lease);

    private void Forget(Func<(Address Operator, LeaseId Lease, SecretRef Secret), bool> isTold)
    {
        foreach (var key in _clear.Keys.Where(isTold).ToArray()) _clear.TryRemove(key, out _);
    }
}
