using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid logs ID</c>: the workloads' own output, so it goes to standard output as it is; with <c>--json</c> as one JSON text.</summary>
internal static class LogsCommand
{
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on until it ends." };
    private static readonly Option<string?> Service = new("--service", "-s") { Description = "Only this service.", HelpName = "NAME" };

    public static Command Create()
    {
        var command = new Command("logs", "Show what a deployment prints. Examples: grid logs 0x5b1c · grid logs 0x5b1c -f --service web") { DeploymentArguments.Id, Follow, Service }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (client, id) = await IdPrefix.FindAsync(open.All, asked.GetRequiredValue(DeploymentArguments.Id), cancellation);
        var deployment = await client.GetDeploymentAsync(id, cancellation);
        if (!output.IsJson)
        {
            await LogFollowing.ShowAsync(client, deployment, asked.GetValue(Follow), output.Text, cancellation, asked.GetValue(Service));
            return Guard.Ok;
        }
        using var text = new StringWriter();
        await LogFollowing.ShowAsync(client, deployment, asked.GetValue(Follow), text, cancellation, asked.GetValue(Service));
        output.Json(new LogsAnswer(id, text.ToString()), DeploymentsJson.Default.LogsAnswer);
        return Guard.Ok;
    }
}
