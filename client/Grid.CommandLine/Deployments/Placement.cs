using Grid.Client;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Deployments;

/// <summary>Waits until every order of a deployment runs, and says what happens on the way.</summary>
internal static class Placement
{
    public static bool HasFailed(DeploymentStatus status) => status.Phase == DeploymentPhase.Failed;

    /// <summary>Of each order its newest generation: one that lost its provider before it ran has another in its place.</summary>
    public static IEnumerable<OrderStatus> Current(DeploymentStatus status) =>
        status.Orders.GroupBy(static order => (order.Placement, order.Ordinal))
            .Select(static generations => generations.MaxBy(static order => order.Generation)!);

    public static IEnumerable<LeaseStatus> CurrentLeases(DeploymentStatus status) =>
        Current(status).SelectMany(static order => order.Leases.TakeLast(1));

    /// <returns>The deployment once all of it runs or has run, or some of it can't be placed.</returns>
    public static async Task<DeploymentStatus> WatchAsync(GridClient client, DeploymentId deployment, Steps steps, CancellationToken cancellation)
    {
        var told = new HashSet<(OrderId Order, string Step)>();
        DeploymentStatus? last = null;
        await foreach (var status in client.WatchAsync(deployment, cancellation))
        {
            last = status;
            foreach (var order in status.Orders) Tell(order, steps, told);
            if (status.Message is { } message) steps.WaitFor(message);
            if (HasFailed(status) || status.Phase is DeploymentPhase.Closing or DeploymentPhase.Closed || Current(status).All(IsSettled)) break;
        }
        return last!;
    }

    private static bool IsSettled(OrderStatus order) =>
        order.StartMs is not null
        || order.Phase is OrderPhase.Failed or OrderPhase.Standing
        || (order.Phase == OrderPhase.Closed && !IsToBeReplaced(order));

    /// <summary>Its next generation is only a moment away.</summary>
    private static bool IsToBeReplaced(OrderStatus order) =>
        order.Leases is [.., { CloseReason: CloseReason.ProviderFailed or CloseReason.Replaced or CloseReason.NeverStarted }];

    private static void Tell(OrderStatus order, Steps steps, HashSet<(OrderId Order, string Step)> told)
    {
        foreach (var step in order.Steps)
            if (told.Add((order.Order, step.Step)))
                steps.Reached(step.Step, DetailOf(order, step));
        foreach (var refusal in order.Refusals)
            if (told.Add((order.Order, $"{refusal.Provider}{refusal.Code}")))
                steps.Reached("refused", $"{order.Placement}: {Words.Short(refusal.Provider)} {refusal.Code}: {refusal.Message}");
        if (order.Phase is OrderPhase.Standing or OrderPhase.Failed && told.Add((order.Order, $"{order.Phase}"))) steps.Reached(Words.Enum(order.Phase), $"{order.Placement}: {order.Message}");
    }

    private static string DetailOf(OrderStatus order, StepTiming step)
    {
        var sinceStart = order.Steps.Count > 0 ? step.AtUnixMs - order.Steps[0].AtUnixMs : 0;
        var what = step.Step switch
        {
            "matched" => $"{order.Candidates} candidates",
            "accepted" or "opened" or "running" => order.Chosen is { } chosen ? $"by {Words.Short(chosen)}" : "",
            _ => "",
        };
        return $"{order.Placement,-12} +{sinceStart} ms  {what}".TrimEnd();
    }
}
