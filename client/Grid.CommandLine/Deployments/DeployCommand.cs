using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Deployments;

/// <summary><c>grid deploy FILE</c>.</summary>
internal static class DeployCommand
{
    private static readonly Option<string?> Max = new("--max") { Description = "The most that it may ever cost, in tokens; by default a day at the file's highest price, or what there is.", HelpName = "TOKENS" };
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait until it runs." };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Show its output until it ends." };

    public static Command Create()
    {
        var command = new Command("deploy", "Deploy a manifest. Examples: grid deploy deploy.yaml · grid deploy samples/train/deploy.yaml --max 0.5 --follow")
        {
            DeploymentArguments.File, Max, NoWait, Follow, DeploymentArguments.AllowUnknown,
        }.WithConnection();
        Max.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !TokenAmount.TryParse(text, out _)) result.AddError($"--max: '{text}' is no amount; expected tokens with up to six decimals, as 0.25");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var file = ManifestFile.Read(asked.GetRequiredValue(DeploymentArguments.File), asked.GetValue(DeploymentArguments.AllowUnknown));
        foreach (var warning in file.Reading.Warnings) output.Note($"{file.Path}:{warning}");
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        var (home, self) = (open.Context.Home, open.Wallet!.Address);
        var options = new DeployOptions(
            asked.GetValue(Max) is { } max && TokenAmount.TryParse(max, out var amount) ? amount : null,
            operatorAddress => new KeptAccounts(home, operatorAddress, self).Read().Authorizations.LastOrDefault()?.Value);
        var (client, placed) = await Steps.RunAsync(output, "deploying", async steps =>
        {
            var (taker, deployed) = await open.All.DeployAsync(file, options, new StepProgress(steps), cancellation);
            if (open.All.All.Count > 1) steps.Reached("taken", $"by {taker.Url}");
            // What every root of that operator is judged by; without a chain there are none.
            if ((await taker.GetOperatorAsync(cancellation)).ChainId != 0)
            {
                var account = new KeptAccounts(home, deployed.Authorization.Value.Operator, self);
                await account.KeepAsync(kept => kept.With(deployed.Authorization), cancellation);
            }

            return (taker, asked.GetValue(NoWait)
                ? await taker.GetDeploymentAsync(deployed.Deployment, cancellation)
                : await Placement.WatchAsync(taker, deployed.Deployment, steps, cancellation));
        });
        if (asked.GetValue(Follow) && !Placement.HasFailed(placed))
        {
            await LogFollowing.ShowAsync(client, placed, follow: true, output.Text, cancellation);
            placed = await client.GetDeploymentAsync(placed.Deployment, cancellation);
        }
        output.Answer(placed, GridJsonContext.Default.DeploymentStatus, status => DeploymentView.Show(client, status, output));
        return Placement.HasFailed(placed) ? Guard.Failed : Guard.Ok;
    }

    private sealed class StepProgress(Steps steps) : IProgress<DeployProgress>
    {
        public void Report(DeployProgress value) => steps.Reached(value.Step, value.Detail);
    }
}
