using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid status ID</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Show a deployment: orders, leases, ports, cost. Example: grid status 0x5b1c --json") { DeploymentArguments.Id }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (client, id) = await IdPrefix.FindAsync(open.All, asked.GetRequiredValue(DeploymentArguments.Id), cancellation);
        output.Answer(await client.GetDeploymentAsync(id, cancellation), GridJsonContext.Default.DeploymentStatus, status => DeploymentView.Show(client, status, output));
        return Guard.Ok;
    }
}
