using System.Text;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.Tests.Silo.World;

internal static class Watching
{
    public static async Task<LeaseStatus> LeaseAsync(this GridClient client, DeploymentId deployment, string what, Func<LeaseStatus, bool> isIt)
    {
        var status = await Until.Is(
            what,
            () => client.GetDeploymentAsync(deployment),
            status => status.Orders.SelectMany(static order => order.Leases).Any(isIt));
        return status.Orders.SelectMany(static order => order.Leases).First(isIt);
    }

    public static async Task<string> LogTextAsync(this GridClient client, LeaseId lease, LogSelection selection)
    {
        var text = new StringBuilder();
        await foreach (var chunk in client.ReadLogsAsync(lease, selection)) text.Append(Encoding.UTF8.GetString(chunk.Data));
        return text.ToString();
    }
}
