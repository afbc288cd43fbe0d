using System.Collections.Concurrent;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Protocol;
using Grid.Shards;
using Orleans;

namespace Grid.Silo.Api;

/// <summary>Which payer each deployment belongs to: it never changes, so it is asked once. The live ones are found again after a restart.</summary>
internal sealed class DeploymentOwners(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<string, Address> _payers = new(StringComparer.Ordinal);

    public void Remember(DeploymentId deployment, Address payer)
    {
        if (_payers.Count < Limits.RememberedDeployments) _payers[deployment.ToString()] = payer;
    }

    /// <returns>Sorted by id.</returns>
    public async Task<IReadOnlyList<string>> OfAsync(Address payer)
    {
        var live = await Shard.ListAll(grains, ShardKind.Deployments);
        var found = await BoundedReads.AllAsync(live.Where(deployment => !_payers.ContainsKey(deployment)), async deployment =>
        {
            var view = await grains.GetGrain<IDeploymentGrain>(deployment).GetView();
            if (view is not null) Remember(view.Deployment, view.Payer);
            return (Deployment: deployment, view?.Payer);
        });
        var known = _payers.Where(entry => entry.Value == payer).Select(static entry => entry.Key);
        return [.. known.Concat(found.Where(entry => entry.Payer == payer).Select(static entry => entry.Deployment)).Distinct().Order(StringComparer.Ordinal)];
    }
}
