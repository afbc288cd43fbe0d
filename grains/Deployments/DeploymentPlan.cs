using System.Collections.Immutable;
using Grid.Leases;
using Grid.Matching;
using Grid.Orders;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Signing;

namespace Grid.Deployments;

/// <summary>From a manifest to the orders that it makes.</summary>
public static class DeploymentPlan
{
    public static ImmutableArray<OrderSlot> Slots(Manifest manifest) =>
        [.. manifest.PlannedOrders.Select(static order => new OrderSlot(order.Placement, order.Ordinal, 0, [], [], false, default))];

    /// <summary>What the slot's order asks for in one of its generations.</summary>
    public static OrderRequest Request(DeploymentId id, DeploymentState state, Manifest manifest, OrderSlot slot, int generation, GridParameters parameters)
    {
        var placement = manifest.FindPlacement(slot.Placement)!;
        var groups = Groups(placement, slot.Ordinal);
        var services = groups.Select(group => manifest.FindService(group.Service)!).ToArray();
        var runAhead = RunAheadSeconds(placement, services, parameters);
        var requirement = MatchRequirement
            .From(manifest, placement with { Groups = groups }, parameters.Denoms, (int)runAhead) with
        { MinStake = parameters.MinStake };
        return new OrderRequest(
            OrderIds.Derive(id, slot.Placement, (uint)slot.Ordinal, (uint)generation),
            id,
            state.Authorization!,
            state.Manifest,
            slot.Placement,
            slot.Ordinal,
            requirement with { ExcludedProviders = [.. requirement.ExcludedProviders.Concat(slot.Failed).Distinct().Order()] },
            Ports(services),
            placement.DurationSeconds ?? 0,
            runAhead,
            Partition(placement, services),
            services.All(static service => service.Kind == ServiceKind.Batch),
            [.. state.Secrets.Where(secret => groups.Any(group => group.Service == secret.Service))],
            [.. state.Inputs.Where(input => groups.Any(group => group.Service == input.Service))],
            state.TenantKey,
            state.SubmittedAt);
    }

    /// <summary>The most that all orders of a manifest may cost per hour together, in the operator's token.</summary>
    /// <returns>Null where a price names a token that this operator does not take.</returns>
    public static RatePerHour? CeilingOf(Manifest manifest, GridParameters parameters)
    {
        var sum = RatePerHour.Zero;
        foreach (var group in manifest.Placements.SelectMany(static placement => placement.Groups))
        {
            if (!group.Price.TryCeilingFor(parameters.Denoms, out var ceiling)) return null;
            sum += ceiling * group.Count;
        }

        return sum;
    }

    private static ImmutableArray<ManifestGroup> Groups(ManifestPlacement placement, int ordinal) => placement.Spread
        ? [.. placement.Groups.Where(group => group.Count > ordinal).Select(static group => group with { Count = 1 })]
        : placement.Groups;

    /// <summary>As far ahead as the most careful service asks, never beyond the lease's own duration.</summary>
    private static long RunAheadSeconds(ManifestPlacement placement, ManifestService[] services, GridParameters parameters)
    {
        var wanted = services.Max(service => service.RunAheadSeconds ?? parameters.DefaultRunAheadSeconds);
        var bounded = Math.Min(wanted, parameters.MaxRunAheadSeconds);
        return placement.DurationSeconds is { } duration ? Math.Min(bounded, duration) : bounded;
    }

    /// <summary>At most one copy where any service or a gang asks for it.</summary>
    private static PartitionRule Partition(ManifestPlacement placement, ManifestService[] services) =>
        placement.Gang is not null || services.Any(static service => service.OnPartition == OnPartition.Stop) ? PartitionRule.Stop : PartitionRule.Keep;

    private static ImmutableArray<BoundPort> Ports(ManifestService[] services) =>
    [
        .. services.SelectMany(static service => service.Expose
            .Where(static expose => expose.IsGlobal)
            .SelectMany(expose => Enumerable.Range(expose.Port, expose.PortCount).Select(port => new BoundPort(service.Name, (ushort)port))))
            .Distinct(),
    ];
}
