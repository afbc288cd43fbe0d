using System.Text.Json;
using Grid.Protocol.Link.Messages;

namespace Grid.Node.Leases;

/// <summary>What the first message on a link says of leases. It must fit one message, whatever tenants let their workloads leave behind.</summary>
public static class BoundLeases
{
    /// <summary>The leases that make it too long are told without outputs and explanations.</summary>
    public static IReadOnlyList<BoundLease> Fit(IReadOnlyList<BoundLease> leases)
    {
        var room = Limits.MaxHelloLeaseBytes - leases.Sum(static lease => BytesOf(Short(lease)));
        var fitting = new List<BoundLease>(leases.Count);
        foreach (var lease in leases)
        {
            var more = BytesOf(lease) - BytesOf(Short(lease));
            fitting.Add(more <= room ? lease : Short(lease));
            if (more <= room) room -= more;
        }

        return fitting;
    }

    private static BoundLease Short(BoundLease lease) =>
        lease with { Workloads = [.. lease.Workloads.Select(static status => status with { Outputs = [], Message = null })] };

    private static int BytesOf(BoundLease lease) => JsonSerializer.SerializeToUtf8Bytes(lease, LinkJson.Default.BoundLease).Length;
}
