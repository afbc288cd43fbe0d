using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;
using ApiDeploymentPhase = Grid.Protocol.Api.DeploymentPhase;
using ApiLeasePhase = Grid.Protocol.Api.LeasePhase;
using ApiOrderPhase = Grid.Protocol.Api.OrderPhase;

namespace Grid.Client.Grains;

/// <summary>What grains say, in the words of the API. Sessions and relays are a silo's own: a silent node is not told from a heard one, and no ports are named.</summary>
internal static class GrainViews
{
    public static IReadOnlyList<OrderRef> OrdersOf(DeploymentId deployment, string manifest) =>
    [
        .. SealedManifest.Read(manifest).Placements.SelectMany(placement => Enumerable
            .Range(0, placement.Spread ? placement.Groups.Max(static group => group.Count) : 1)
            .Select(ordinal => new OrderRef(OrderIds.Derive(deployment, placement.Name, (uint)ordinal, 0), placement.Name, (uint)ordinal))),
    ];

    public static AccountStatus StatusOf(Address payer, AccountView view)
    {
        var charged = view.Paid + view.Burned;
        var committed = charged + view.AuthorizedOpen;
        return new AccountStatus(payer, view.Deposited, view.Held, charged, view.Available, view.NextSequence - 1, committed, committed, view.Earned);
    }

    public static DeploymentStatus StatusOf(DeploymentView view)
    {
        var authorization = view.Authorization?.Value;
        return new DeploymentStatus(
            view.Deployment,
            SealedManifest.Read(view.Manifest).Name,
            PhaseOf(view),
            view.Payer,
            authorization?.ManifestHash ?? default,
            (uint)view.Orders.Select(static placed => placed.Generation).DefaultIfEmpty().Max(),
            view.SubmittedAt.ToUnixTimeMilliseconds(),
            authorization?.MaxRatePerHour ?? default,
            authorization?.MaxTotal ?? default,
            view.Orders.Aggregate(Money.Zero, static (sum, placed) => sum + (placed.Order.Lease?.Charged ?? Money.Zero)),
            [.. view.Orders.Select(StatusOf)],
            view.Reason == CloseReason.None ? null : $"closed: {view.Reason}");
    }

    private static ApiDeploymentPhase PhaseOf(DeploymentView view)
    {
        if (view.Phase == Deployments.DeploymentPhase.Closing) return ApiDeploymentPhase.Closing;
        if (view.Phase == Deployments.DeploymentPhase.Closed)
            return view.Reason is CloseReason.ProviderFailed or CloseReason.WorkloadFailed or CloseReason.NeverStarted ? ApiDeploymentPhase.Failed : ApiDeploymentPhase.Closed;
        var current = view.Orders.GroupBy(static placed => (placed.Placement, placed.Ordinal)).Select(static slot => slot.MaxBy(static placed => placed.Generation)!).ToArray();
        if (current.All(static placed => placed.Order.Phase is Orders.OrderPhase.Leased or Orders.OrderPhase.Closed)) return ApiDeploymentPhase.Active;
        return current.Any(static placed => placed.Generation > 0) ? ApiDeploymentPhase.Degraded : ApiDeploymentPhase.Placing;
    }

    private static OrderStatus StatusOf(PlacedOrder placed)
    {
        var order = placed.Order;
        return new OrderStatus(
            order.Order,
            placed.Placement,
            (uint)placed.Ordinal,
            (uint)placed.Generation,
            PhaseOf(order),
            order.Candidates,
            order.Chosen,
            Between(order.PlacedAt, order.MatchedAt),
            Between(order.PlacedAt, order.Lease?.StartedAt),
            StepsOf(order),
            [],
            order.Lease is { Terms: { } terms } lease ? [StatusOf(lease, terms)] : [],
            order.Reason ?? (order.Refusals.IsEmpty ? null : string.Join(' ', order.Refusals)));
    }

    private static ApiOrderPhase PhaseOf(OrderView order) => order.Phase switch
    {
        Orders.OrderPhase.Leased => ApiOrderPhase.Leased,
        Orders.OrderPhase.Closed => ApiOrderPhase.Closed,
        Orders.OrderPhase.Unmatched => ApiOrderPhase.Failed,
        _ when order.MatchedAt is not null => ApiOrderPhase.Placing,
        _ => order.Reason is null ? ApiOrderPhase.Matching : ApiOrderPhase.Standing,
    };

    private static StepTiming[] StepsOf(OrderView order)
    {
        (string Step, DateTimeOffset? At)[] steps =
        [
            ("created", order.PlacedAt), ("matched", order.MatchedAt), ("opened", order.Lease?.OpenedAt), ("running", order.Lease?.StartedAt), ("closed", order.Lease?.ClosedAt),
        ];
        return [.. steps.Where(static step => step.At is not null).Select(static step => new StepTiming(step.Step, step.At!.Value.ToUnixTimeMilliseconds()))];
    }

    private static LeaseStatus StatusOf(LeaseView view, LeaseTerms terms) => new(
        view.Lease,
        terms.Order,
        terms.Provider,
        view.Phase switch
        {
            Leases.LeasePhase.Held => ApiLeasePhase.Held,
            Leases.LeasePhase.Closing => ApiLeasePhase.Closing,
            Leases.LeasePhase.Closed => ApiLeasePhase.Closed,
            _ => ApiLeasePhase.Active,
        },
        terms.Rate,
        (uint)terms.FeePpm,
        view.BilledSeconds,
        view.Charged,
        view.PaidThroughSeconds,
        view.Reason == CloseReason.None ? null : view.Reason,
        [.. view.Services.Select(service => WorkloadOf(service, view.BilledSeconds))],
        [],
        view.OpenedAt?.ToUnixTimeMilliseconds(),
        view.ClosedAt?.ToUnixTimeMilliseconds());

    private static WorkloadStatus WorkloadOf(ServiceReport report, long seconds) => new(
        report.Service,
        (uint)report.Replica,
        (uint)report.Attempt,
        PhaseOf(report),
        report.ExitCode,
        report.WasOutOfMemory,
        seconds,
        [.. report.Outputs.Select(static output => new WorkloadOutput(output.Name, output.Sha256, output.SizeBytes))],
        report.Message);

    private static WorkloadPhase PhaseOf(ServiceReport report) => report.Phase switch
    {
        ServicePhase.Pending => WorkloadPhase.Starting,
        ServicePhase.Running => WorkloadPhase.Running,
        ServicePhase.Succeeded => WorkloadPhase.Exited,
        _ => report.ExitCode is null ? WorkloadPhase.Failed : WorkloadPhase.Exited,
    };

    private static long? Between(DateTimeOffset? from, DateTimeOffset? to) => from is { } start && to is { } end ? (long)(end - start).TotalMilliseconds : null;
}
