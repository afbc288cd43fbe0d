using Grid.Client;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary>A deployment for people: its orders, leases, ports and what it has cost.</summary>
internal static class DeploymentView
{
    public static void Show(GridClient client, DeploymentStatus status, CommandOutput output)
    {
        output.Line($"{status.Deployment}  {status.Name}  {Words.Enum(status.Phase)}  {status.Message}".TrimEnd());
        output.Line($"  at most {Words.Rate(status.MaxRatePerHour)} and {status.MaxTotal} in all; {status.Charged} charged so far");
        var table = Tables.Of("placement", "order", "phase", "candidates#", "provider", "lease", "state", "seconds#", "rate#", "charged#");
        foreach (var order in status.Orders) AddOrder(table, order);
        output.Console.Write(table);
        foreach (var lease in status.Orders.SelectMany(order => order.Leases)) ShowLease(client, lease, output);
    }

    private static void AddOrder(Spectre.Console.Table table, OrderStatus order)
    {
        if (order.Leases.Count == 0) table.Row(order.Placement, Words.Short(order.Order), Words.Enum(order.Phase), $"{order.Candidates}", "–", "–", order.Message ?? "–", "", "", "");
        foreach (var lease in order.Leases)
            table.Row(
                order.Placement,
                Words.Short(order.Order),
                Words.Enum(order.Phase),
                $"{order.Candidates}",
                Words.Short(lease.Provider),
                Words.Short(lease.Lease),
                lease.CloseReason is { } reason ? $"{Words.Enum(lease.Phase)} ({Words.Enum(reason)})" : Words.Enum(lease.Phase),
                $"{lease.Seconds}",
                Words.Rate(lease.RatePerHour),
                $"{lease.Charged}");
    }

    private static void ShowLease(GridClient client, LeaseStatus lease, CommandOutput output)
    {
        foreach (var workload in lease.Workloads)
        {
            var exit = workload.ExitCode is { } code ? $" with exit code {code}" : "";
            output.Line($"  {workload.Service}.{workload.Ordinal}: {Words.Enum(workload.Phase)}{exit}{(workload.IsOomKilled ? ", out of memory" : "")} {workload.Message}".TrimEnd());
        }
        foreach (var port in lease.Ports) output.Line($"  {port.Service}:{port.Port} at {client.UrlOf(port)}");
    }
}
