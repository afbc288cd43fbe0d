using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid close ID</c>: nothing past the close is billed.</summary>
internal static class CloseCommand
{
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait until it is closed." };

    public static Command Create()
    {
        var command = new Command("close", "Close a deployment and show its bill. Example: grid close 0x5b1c") { DeploymentArguments.Id, NoWait }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (client, id) = await IdPrefix.FindAsync(open.All, asked.GetRequiredValue(DeploymentArguments.Id), cancellation);
        await client.CloseAsync(id, cancellation);
        DeploymentStatus? last = null;
        await foreach (var status in client.WatchAsync(id, cancellation))
        {
            last = status;
            if (asked.GetValue(NoWait)) break;
        }
        output.Answer(last!, GridJsonContext.Default.DeploymentStatus, status => DeploymentView.Show(client, status, output));
        return Guard.Ok;
    }
}
