using System.Collections.Concurrent;
using Grid.Node.Leases;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Sealing;

namespace Grid.Node.Hosting;

/// <summary>The clear secrets of leases that have not started yet. In memory alone, and only until the start.</summary>
internal sealed class SecretVault(NodeIdentity identity)
{
    private readonly ConcurrentDictionary<(LeaseId Lease, SecretRef Secret), string> _clear = new();

    /// <exception cref="SealingException">A secret is not sealed to this node for this lease.</exception>
    public void Take(Proposal proposal)
    {
        foreach (var secret in proposal.Secrets)
        {
            var bytes = secret.Sealed.Open(identity.Sealing, SealingContext.LeaseSecret(proposal.Lease, secret.Service, secret.Name));
            _clear[(proposal.Lease, new SecretRef(secret.Service, secret.Kind, secret.Name))] = System.Text.Encoding.UTF8.GetString(bytes);
        }
    }

    public string? Find(LeaseId lease, SecretRef secret) => _clear.GetValueOrDefault((lease, secret));

    public void Forget(LeaseId lease)
    {
        foreach (var key in _clear.Keys.Where(key => key.Lease == lease).ToArray()) _clear.TryRemove(key, out _);
    }
}
