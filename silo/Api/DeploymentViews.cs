using Grid.Deployments;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Silo.Api;

/// <summary>Deployments as the API shows them.</summary>
internal sealed class DeploymentViews(OrderViews orders)
{
    public DeploymentStatus StatusOf(DeploymentView view)
    {
        var authorization = view.Authorization?.Value;
        return new DeploymentStatus(
            view.Deployment,
            NameOf(view),
            PhaseOf(view),
            view.Payer,
            authorization?.ManifestHash ?? default,
            (uint)view.Orders.Select(static placed => placed.Generation).DefaultIfEmpty().Max(),
            view.SubmittedAt.ToUnixTimeMilliseconds(),
            authorization?.MaxRatePerHour ?? default,
            authorization?.MaxTotal ?? default,
            ChargedBy(view),
            [.. view.Orders.Select(orders.Of)],
            view.Reason == CloseReason.None ? null : $"closed: {view.Reason}");
    }

    public static DeploymentSummary SummaryOf(DeploymentView view)
    {
        var active = LeasesOf(view).Where(static lease => lease.Phase == Leases.LeasePhase.Active).ToArray();
        return new DeploymentSummary(
            view.Deployment,
            NameOf(view),
            PhaseOf(view),
            view.SubmittedAt.ToUnixTimeMilliseconds(),
            view.Orders.Length,
            active.Length,
            active.Aggregate(RatePerHour.Zero, static (sum, lease) => sum + (lease.Terms?.Rate ?? default)),
            ChargedBy(view));
    }

    private static Protocol.Api.DeploymentPhase PhaseOf(DeploymentView view)
    {
        if (view.Phase == Deployments.DeploymentPhase.Closing) return Protocol.Api.DeploymentPhase.Closing;
        if (view.Phase == Deployments.DeploymentPhase.Closed) return HasFailed(view.Reason) ? Protocol.Api.DeploymentPhase.Failed : Protocol.Api.DeploymentPhase.Closed;

        var current = view.Orders.GroupBy(static placed => (placed.Placement, placed.Ordinal)).Select(static slot => slot.MaxBy(static placed => placed.Generation)!).ToArray();
        var isPlaced = current.All(static placed => placed.Order.Phase is Orders.OrderPhase.Leased or Orders.OrderPhase.Closed);
        if (isPlaced) return Protocol.Api.DeploymentPhase.Active;
        return current.Any(static placed => placed.Generation > 0) ? Protocol.Api.DeploymentPhase.Degraded : Protocol.Api.DeploymentPhase.Placing;
    }

    private static bool HasFailed(CloseReason reason) => reason is CloseReason.ProviderFailed or CloseReason.WorkloadFailed or CloseReason.NeverStarted;

    private static string? NameOf(DeploymentView view) => SealedManifest.Read(view.Manifest).Name;

    private static IEnumerable<Leases.LeaseView> LeasesOf(DeploymentView view) => view.Orders.Select(static placed => placed.Order.Lease).OfType<Leases.LeaseView>();

    private static Money ChargedBy(DeploymentView view) => LeasesOf(view).Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
}
