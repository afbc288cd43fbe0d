using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid fetch ID</c>.</summary>
internal static class FetchCommand
{
    private static readonly Option<string> Folder = new("--out", "-o") { Description = "The folder to put the results into.", HelpName = "DIR", DefaultValueFactory = static _ => "." };

    public static Command Create()
    {
        var command = new Command("fetch", "Fetch the results of a deployment and open them with your wallet. Examples: grid fetch 0x5b1c · grid fetch 0x5b1c -o results") { DeploymentArguments.Id, Folder }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (client, id) = await IdPrefix.FindAsync(open.All, asked.GetRequiredValue(DeploymentArguments.Id), cancellation);
        var files = await ArtifactFetching.FetchAllAsync(client, await client.GetDeploymentAsync(id, cancellation), asked.GetRequiredValue(Folder), cancellation);
        output.Answer(new FetchAnswer(id, files), DeploymentsJson.Default.FetchAnswer, answer =>
        {
            foreach (var file in answer.Files) output.Line($"{file.Path}  {file.Bytes} bytes  sha256 {file.Sha256}");
            if (answer.Files.Count == 0) output.Note("it has no results (yet): only what `outputs` in x-grid names is kept");
        });
        return Guard.Ok;
    }
}
