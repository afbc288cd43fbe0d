using Grid.Deployments;
using Grid.Leases;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Api;
using ApiPhase = Grid.Protocol.Api.OrderPhase;

namespace Grid.Views;

/// <summary>An order in the words of the API.</summary>
public static class OrderStatuses
{
    /// <param name="leaseOf">How its lease is shown; null where nothing is stored of it.</param>
    public static OrderStatus Of(PlacedOrder placed, Func<LeaseView, LeaseStatus?> leaseOf)
    {
        var order = placed.Order;
        var lease = order.Lease is null ? null : leaseOf(order.Lease);
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

    private static ApiPhase PhaseOf(OrderView order) => order.Phase switch
    {
        Orders.OrderPhase.Leased => ApiPhase.Leased,
        Orders.OrderPhase.Closed => ApiPhase.Closed,
        Orders.OrderPhase.Unmatched => ApiPhase.Failed,
        _ when order.MatchedAt is not null => ApiPhase.Placing,
        _ => order.Reason is null ? ApiPhase.Matching : ApiPhase.Standing,
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
