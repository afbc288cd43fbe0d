using Grid.Protocol;
using Grid.Shards;
using Orleans.Runtime;

namespace Grid.Simulation;

/// <summary>What is left over: nothing, once the faults have stopped and the tenants have closed.</summary>
internal static class Unsettled
{
    public static IEnumerable<(string Entity, string Actual)> Of(World world) =>
        Tenants(world).Concat(Nodes(world)).Concat(Leases(world)).Concat(Shards(world)).Concat(Totals(world));

    private static IEnumerable<(string Entity, string Actual)> Tenants(World world)
    {
        foreach (var tenant in world.Tenants)
        {
            if (tenant.IsSubmitting) yield return (tenant.Address.ToString(), "still submits");
            foreach (var deployment in tenant.Deployments) yield return (deployment.ToString(), "the deployment is not closed");
            var account = world.Virtual.Storage.Account(tenant.Address);
            foreach (var (lease, hold) in account.Holds) yield return (tenant.Address.ToString(), $"{hold.Total} still held for lease {lease} since {hold.HeldAt:O}");
            foreach (var deployment in account.Authorizations.Keys) yield return (tenant.Address.ToString(), $"the authorization of {deployment} is still live");
            foreach (var lease in account.Settled.Keys) yield return (tenant.Address.ToString(), $"still remembers the settlement of {lease}");
        }
    }

    private static IEnumerable<(string Entity, string Actual)> Nodes(World world)
    {
        foreach (var node in world.Nodes)
        {
            var id = node.Id.ToString();
            if (!node.IsConnected) yield return (id, "has no session");
            foreach (var (lease, known) in node.Ledger.Leases) yield return (id, $"still has lease {lease}, {known.Phase}");
            foreach (var (lease, entry) in world.Virtual.Storage.Promised(node.Id).Entries) yield return (id, $"a ghost of lease {lease} until {entry.ExpiresAt?.ToString("O") ?? "for ever"}");
            foreach (var device in node.Terms.Devices)
            {
                foreach (var lease in LiveShares(world, node, device.Uuid)) yield return (id, $"device {device.Uuid} still shared with lease {lease}");
            }
        }
    }

    private static IEnumerable<LeaseId> LiveShares(World world, SimulatedNode node, string uuid)
    {
        var now = world.Clock.GetUtcNow();
        return world.Virtual.Storage.Gpu(node.Id, uuid).Shares.Where(share => share.Value.IsLiveAt(now)).Select(static share => share.Key);
    }

    private static IEnumerable<(string Entity, string Actual)> Leases(World world) => world.Leases.Values
        .Where(static history => history.IsRunning || history.Seen is { IsSettled: false })
        .Select(static history => (history.Lease.ToString(), $"{history.Seen?.Phase}, {history.Seen?.Reason}, running: {history.IsRunning}"));

    private static IEnumerable<(string Entity, string Actual)> Shards(World world) =>
        from kind in new[] { ShardKind.Deployments, ShardKind.Leases }
        from shard in Enumerable.Range(0, ShardKey.ShardCount)
        let page = world.Virtual.Storage.Peek<ShardState>("shard", GrainId.Create("shard", new ShardKey(kind, shard, 0).ToString()))
        where page is not null
        from member in ShardMembers.All(page)
        select ($"shard of {kind}", $"still lists {member}");

    private static IEnumerable<(string Entity, string Actual)> Totals(World world)
    {
        var storage = world.Virtual.Storage;
        var accounts = world.Tenants.Select(static tenant => tenant.Address).Concat(world.Nodes.Select(static node => node.Id.Value)).Select(address => storage.Account(address)).ToArray();
        var (paid, earned) = (accounts.Sum(static account => account.Paid.MicroUnits), accounts.Sum(static account => account.Earned.MicroUnits));
        if (paid != earned) yield return ("the grid", $"{paid} micro-units paid, {earned} earned");
    }
}
