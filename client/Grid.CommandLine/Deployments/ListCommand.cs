using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid ls</c>.</summary>
internal static class ListCommand
{
    private static readonly Option<bool> All = new("--all", "-a") { Description = "Closed ones as well." };

    public static Command Create()
    {
        var command = new Command("ls", "List your deployments. Examples: grid ls · grid ls --all --json") { All }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.WithWalletAsync(asked, cancellation);
        var found = new List<DeploymentSummary>();
        await foreach (var deployment in IdPrefix.AllAsync(open.Client, cancellation))
            if (asked.GetValue(All) || deployment.Phase != DeploymentPhase.Closed)
                found.Add(deployment);
        output.Answer(new DeploymentList(found), GridJsonContext.Default.DeploymentList, list => Show(list, output));
        return Guard.Ok;
    }

    private static void Show(DeploymentList list, CommandOutput output)
    {
        var table = Tables.Of("deployment", "name", "phase", "since", "orders#", "leases#", "rate#", "charged#");
        foreach (var deployment in list.Deployments)
            table.Row(
                Words.Short(deployment.Deployment),
                deployment.Name ?? "",
                Words.Enum(deployment.Phase),
                Words.Time(deployment.CreatedAtUnixMs),
                $"{deployment.OrderCount}",
                $"{deployment.ActiveLeaseCount}",
                Words.Rate(deployment.RatePerHour),
                $"{deployment.Charged}");
        output.Console.Write(table);
    }
}
