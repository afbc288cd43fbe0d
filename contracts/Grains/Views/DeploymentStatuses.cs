using Grid.Deployments;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using ApiPhase = Grid.Protocol.Api.DeploymentPhase;

namespace Grid.Views;

/// <summary>A deployment in the words of the API.</summary>
public static class DeploymentStatuses
{
    /// <param name="leaseOf">How a lease is shown; null where nothing is stored of it.</param>
    public static DeploymentStatus Of(DeploymentView view, Func<LeaseView, LeaseStatus?> leaseOf)
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
            [.. view.Orders.Select(placed => OrderStatuses.Of(placed, leaseOf))],
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

    private static ApiPhase PhaseOf(DeploymentView view)
    {
        if (view.Phase == Deployments.DeploymentPhase.Closing) return ApiPhase.Closing;
        if (view.Phase == Deployments.DeploymentPhase.Closed) return HasFailed(view.Reason) ? ApiPhase.Failed : ApiPhase.Closed;

        var current = view.Orders.GroupBy(static placed => (placed.Placement, placed.Ordinal)).Select(static slot => slot.MaxBy(static placed => placed.Generation)!).ToArray();
        var isPlaced = current.All(static placed => placed.Order.Phase is Orders.OrderPhase.Leased or Orders.OrderPhase.Closed);
        if (isPlaced) return ApiPhase.Active;
        return current.Any(static placed => placed.Generation > 0) ? ApiPhase.Degraded : ApiPhase.Placing;
    }

    private static bool HasFailed(CloseReason reason) => reason is CloseReason.ProviderFailed or CloseReason.WorkloadFailed or CloseReason.NeverStarted;

    private static string? NameOf(DeploymentView view) => SealedManifest.Read(view.Manifest).Name;

    private static IEnumerable<LeaseView> LeasesOf(DeploymentView view) => view.Orders.Select(static placed => placed.Order.Lease).OfType<LeaseView>();

    private static Money ChargedBy(DeploymentView view) => LeasesOf(view).Aggregate(Money.Zero, static (sum, lease) => sum + lease.Charged);
}
