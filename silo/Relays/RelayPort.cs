using Grid.Deployments;
using Grid.Protocol;
using Grid.Protocol.Manifests;

namespace Grid.Silo.Relays;

/// <summary>A port of a service that everyone may reach.</summary>
/// <param name="Replicas">Connections go to them in turn.</param>
internal sealed record RelayPort(string Service, ushort Port, int Replicas, bool IsHttp)
{
    /// <summary>The globally exposed TCP ports of one order's services.</summary>
    public static IReadOnlyList<RelayPort> Of(DeploymentView deployment, OrderId order)
    {
        if (deployment.Orders.FirstOrDefault(placed => placed.Order.Order == order) is not { } placed) return [];
        var manifest = SealedManifest.Read(deployment.Manifest);
        if (manifest.FindPlacement(placed.Placement) is not { } placement) return [];
        return
        [
            .. placement.Groups
                .Where(group => !placement.Spread || group.Count > placed.Ordinal)
                .SelectMany(group => PortsOf(manifest.FindService(group.Service), placement.Spread ? 1 : group.Count))
                .DistinctBy(static port => (port.Service, port.Port))
                .Take(Limits.PortsPerLease),
        ];
    }

    private static IEnumerable<RelayPort> PortsOf(ManifestService? service, int replicas) => service is null
        ? []
        : service.Expose
            .Where(static expose => expose.IsGlobal && expose.Protocol != PortProtocol.Udp)
            .SelectMany(expose => Enumerable.Range(expose.Port, expose.PortCount).Select(port => new RelayPort(service.Name, (ushort)port, replicas, expose.IsHttp)));
}
