using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid ls</c>: the deployments with every operator that answers.</summary>
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
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var answers = await open.All.AskAllAsync((client, stop) => ListAsync(client, asked.GetValue(All), stop), cancellation);
        if (answers.All(static answer => answer.Away is not null)) throw answers[0].Away!;
        foreach (var away in answers.Where(static answer => answer.Away is not null)) output.Note($"{away.Client.Url} is away; its deployments are not shown");
        output.Answer(ListAnswer.Of(answers), DeploymentsJson.Default.ListAnswer, _ => Show(answers, output));
        return Guard.Ok;
    }

    private static async Task<List<DeploymentSummary>> ListAsync(GridClient client, bool isAll, CancellationToken cancellation)
    {
        // Whoever answers must be who is trusted before a listing of theirs is believed.
        await client.GetOperatorAsync(cancellation);
        var found = new List<DeploymentSummary>();
        await foreach (var deployment in IdPrefix.AllAsync(client, cancellation))
            if (isAll || deployment.Phase != DeploymentPhase.Closed)
                found.Add(deployment);
        return found;
    }

    private static void Show(OperatorAnswer<List<DeploymentSummary>>[] answers, CommandOutput output)
    {
        string[] columns = ["deployment", "name", "phase", "since", "orders#", "leases#", "rate#", "charged#"];
        var isOne = answers.Length == 1;
        var table = Tables.Of(isOne ? columns : [.. columns, "operator"]);
        foreach (var (client, deployments, _) in answers)
            foreach (var deployment in deployments ?? [])
                table.Row(isOne ? Words(deployment) : [.. Words(deployment), client.Url.Authority]);
        output.Console.Write(table);
    }

    private static string[] Words(DeploymentSummary deployment) =>
    [
        Output.Words.Short(deployment.Deployment),
        deployment.Name ?? "",
        Output.Words.Enum(deployment.Phase),
        Output.Words.Time(deployment.CreatedAtUnixMs),
        $"{deployment.OrderCount}",
        $"{deployment.ActiveLeaseCount}",
        Output.Words.Rate(deployment.RatePerHour),
        $"{deployment.Charged}",
    ];
}
