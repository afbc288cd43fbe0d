using System.Collections.Immutable;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Deployments;

/// <summary>What becomes of a deployment's order when its lease ends.</summary>
public static class Rollover
{
    /// <summary>The slot after its current order was seen: as it is, done, or in its next generation.</summary>
    public static OrderSlot After(OrderSlot slot, OrderView order, DeploymentPhase phase, GridParameters parameters, DateTimeOffset now)
    {
        if (slot.IsDone) return slot;
        var hasEnded = order.Phase is OrderPhase.Closed or OrderPhase.Unmatched;
        if (phase != DeploymentPhase.Open) return hasEnded ? slot with { IsDone = true } : slot;
        if (order.Lease is { NeedsReplacement: true } lease) return Next(slot, lease.Terms?.Provider, now) ?? (hasEnded ? slot with { IsDone = true } : slot);
        // Another provider does not make the payer's account any fuller.
        if (order is { Phase: OrderPhase.Unmatched, CloseReason: CloseReason.Money }) return slot with { IsDone = true };
        if (order.Phase == OrderPhase.Unmatched) return HasPaused(slot, parameters, now) ? Next(slot, null, now) ?? slot with { IsDone = true } : slot;
        return order.Phase == OrderPhase.Closed ? slot with { IsDone = true } : slot;
    }

    /// <summary>Whether an order that nobody fits has waited for its whole time.</summary>
    public static bool HasGivenUp(OrderSlot slot, OrderView order, GridParameters parameters, DateTimeOffset now) =>
        order is { Phase: OrderPhase.Open, Reason: not null } && now - slot.PlacedAt > parameters.StandingFor;

    /// <summary>Why the deployment as a whole ended, once every slot is done.</summary>
    public static CloseReason ReasonOf(ImmutableArray<OrderView> orders)
    {
        var reasons = orders.Select(static order => order.Lease?.Reason ?? (order.CloseReason == CloseReason.None ? CloseReason.NeverStarted : order.CloseReason)).ToArray();
        return Array.Find(reasons, static reason => reason != CloseReason.Completed) is var odd && odd != CloseReason.None
            ? odd
            : CloseReason.Completed;
    }

    /// <summary>
    /// In a rush the best are often taken by the time they are asked, and the next match knows: the first tries follow at once, later ones after pauses that
    /// grow by a tick.
    /// </summary>
    private static bool HasPaused(OrderSlot slot, GridParameters parameters, DateTimeOffset now) =>
        now - slot.PlacedAt >= parameters.Tick * Math.Max(0, slot.Generation + 1 - Limits.TriesAtOnce);

    private static OrderSlot? Next(OrderSlot slot, ProviderId? failed, DateTimeOffset now) => slot.Generation + 1 >= Limits.Generations
        ? null
        : slot with
        {
            Generation = slot.Generation + 1,
            Former = slot.Former.Add(slot.Generation),
            Failed = failed is { } provider && !slot.Failed.Contains(provider) ? slot.Failed.Add(provider) : slot.Failed,
            PlacedAt = now,
        };
}
