using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Views;

/// <summary>The orders that a deployment begins with.</summary>
public static class OrderRefs
{
    /// <param name="manifest">The submitted text.</param>
    public static IReadOnlyList<OrderRef> Of(DeploymentId deployment, string manifest) =>
    [
        .. SealedManifest.Read(manifest).PlannedOrders
            .Select(order => new OrderRef(OrderIds.Derive(deployment, order.Placement, (uint)order.Ordinal, 0), order.Placement, (uint)order.Ordinal)),
    ];
}
