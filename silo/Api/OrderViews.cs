using Grid.Deployments;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Silo.Api;

/// <summary>Orders as the API shows them.</summary>
internal sealed class OrderViews(LeaseViews leases)
{
    public OrderStatus Of(PlacedOrder placed)
    {
        var order = placed.Order;
        var lease = order.Lease is null ? null : leases.Of(order.Lease);
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
            [.. order.Refusals.Select(RefusalOf)],
            lease is null ? [] : [lease],
            order.Reason);
    }

    private static Protocol.Api.OrderPhase PhaseOf(OrderView order) => order.Phase switch
    {
        Orders.OrderPhase.Leased => Protocol.Api.OrderPhase.Leased,
        Orders.OrderPhase.Closed => Protocol.Api.OrderPhase.Closed,
        Orders.OrderPhase.Unmatched => Protocol.Api.OrderPhase.Failed,
        _ when order.MatchedAt is not null => Protocol.Api.OrderPhase.Placing,
        _ => order.Reason is null ? Protocol.Api.OrderPhase.Matching : Protocol.Api.OrderPhase.Standing,
    };

    private static StepTiming[] StepsOf(OrderView order)
    {
        (string Step, DateTimeOffset? At)[] steps =
        [
            ("created", order.PlacedAt),
            ("matched", order.MatchedAt),
            ("opened", order.Lease?.OpenedAt ?? order.LeasedAt),
            ("running", order.Lease?.StartedAt),
            ("closed", order.Lease?.ClosedAt),
        ];
        return [.. steps.Where(static step => step.At is not null).Select(static step => new StepTiming(step.Step, step.At!.Value.ToUnixTimeMilliseconds()))];
    }

    /// <summary>A refusal is kept as <c>provider: why</c>, and a node's own why begins with its code.</summary>
    private static OrderRefusal RefusalOf(string refusal)
    {
        var parts = refusal.Split(": ", 2);
        var provider = ProviderId.TryParse(parts[0], null, out var id) ? id : default;
        return new OrderRefusal(provider, "refused", parts[^1]);
    }

    private static long? Between(DateTimeOffset? from, DateTimeOffset? to) => from is { } start && to is { } end ? (long)(end - start).TotalMilliseconds : null;
}
