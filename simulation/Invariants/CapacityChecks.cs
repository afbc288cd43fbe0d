using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Simulation;

/// <summary>No device and no slice of a machine is sold twice: not by the operator, not by the node, not by what really runs.</summary>
internal static class CapacityChecks
{
    public static void Run(World world)
    {
        if (world.IsFirst) RunOfMachines(world);
        var open = new SortedDictionary<ProviderId, List<Bindings>>();
        var copies = new SortedDictionary<string, LeaseId>(StringComparer.Ordinal);
        foreach (var history in world.Leases.Values)
        {
            if (history.Seen?.Phase == LeasePhase.Active) Add(open, history);
            if (!history.IsRunning || !history.IsAtMostOnce || !history.Node.IsAwake) continue;
            world.Verdicts.Check(copies.TryAdd(history.CopyOf, history.Lease), "INV-LEASE-05", history.Lease.ToString(), "one copy at most", $"{copies[history.CopyOf]} runs too");
        }

        foreach (var node in world.Nodes)
        {
            Fits(world, node, "INV-GPU-02", "in open leases", open.GetValueOrDefault(node.Id, []));
            foreach (var device in node.Terms.Devices) SharesFit(world, node, device.Uuid);
        }
    }

    /// <summary>Over all operators: what the machine's ledger has bound, and what runs.</summary>
    private static void RunOfMachines(World world)
    {
        var running = new SortedDictionary<ProviderId, List<Bindings>>();
        foreach (var history in world.All.SelectMany(static one => one.Leases.Values).Where(static history => history.IsRunning)) Add(running, history);
        foreach (var node in world.Nodes)
        {
            Fits(world, node, "INV-NODE-01", "bound by its ledger", [.. node.Ledger.Bound]);
            Fits(world, node, "INV-GPU-02", "running", running.GetValueOrDefault(node.Id, []));
        }
    }

    private static void SharesFit(World world, SimulatedNode node, string uuid)
    {
        var now = world.Clock.GetUtcNow();
        var sold = 0;
        foreach (var share in world.Virtual.Storage.Gpu(node.Id, uuid).Shares.Values) sold += share.IsLiveAt(now) ? share.ShareMillis : 0;
        world.Verdicts.Check(sold <= BoundDevice.WholeMillis, "INV-GPU-01", () => ($"{node.Id}/{uuid}", $"at most {BoundDevice.WholeMillis} thousandths", $"{sold}"));
    }

    private static void Fits(World world, SimulatedNode node, string invariant, string what, List<Bindings> bindings)
    {
        var capacity = node.Terms.Capacity;
        var cpu = bindings.Sum(static bound => bound.CpuMillis);
        var memory = bindings.Sum(static bound => bound.MemoryMib);
        var ports = bindings.Sum(static bound => bound.Ports.Count);
        var storage = bindings.Aggregate(default(StorageAmounts), static (sum, bound) => sum + bound.StorageMib);
        world.Verdicts.Check(
            cpu <= capacity.CpuMillis && memory <= capacity.MemoryMib && ports <= capacity.Ports && capacity.StorageMib.Covers(storage), invariant,
            () => (node.Id.ToString(), $"at most {capacity}", $"{cpu} millicores, {memory} MiB, {storage}, {ports} ports {what}"));
        foreach (var device in node.Terms.Devices)
        {
            var sold = bindings.SelectMany(static bound => bound.Devices).Where(bound => bound.Uuid == device.Uuid).Sum(static bound => bound.ShareMillis);
            world.Verdicts.Check(sold <= BoundDevice.WholeMillis, invariant, () => ($"{node.Id}/{device.Uuid}", $"at most {BoundDevice.WholeMillis} thousandths", $"{sold} {what}"));
        }
    }

    private static void Add(SortedDictionary<ProviderId, List<Bindings>> byNode, LeaseHistory history)
    {
        if (!byNode.TryGetValue(history.Node.Id, out var list)) byNode[history.Node.Id] = list = [];
        list.Add(history.Bindings);
    }
}
