using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Matching;

namespace Grid.CommandLine.Matches;

/// <summary><c>grid screen FILE</c>: would it match, at what price; if not, which requirement excludes how many.</summary>
internal static class ScreenCommand
{
    private const int ShownProviders = 5;

    public static Command Create()
    {
        var command = new Command("screen", "Ask the operator that would get it whether a manifest would find a provider, and at what price; nothing is held. Example: grid screen deploy.yaml") { DeploymentArguments.File, DeploymentArguments.AllowUnknown }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var file = ManifestFile.Read(asked.GetRequiredValue(DeploymentArguments.File), asked.GetValue(DeploymentArguments.AllowUnknown));
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        var screen = await open.Client.ScreenAsync(file, cancellation);
        output.Answer(screen, GridJsonContext.Default.ScreenResponse, answer => Show(answer, output));
        return screen.IsPlaceable ? Guard.Ok : Guard.Failed;
    }

    private static void Show(ScreenResponse screen, CommandOutput output)
    {
        var table = Tables.Of("placement", "providers#", "of listings#", "lowest#", "highest#", "excluded by");
        foreach (var placement in screen.Placements)
            table.Row(
                placement.Placement,
                $"{placement.Providers}",
                $"{placement.Listings}",
                placement.LowestRatePerHour is { } lowest ? Words.Rate(lowest) : "–",
                placement.HighestRatePerHour is { } highest ? Words.Rate(highest) : "–",
                string.Join(", ", placement.Excluded.Select(excluded => $"{HardFilters.NameOf(excluded.Filter)} {excluded.Count}")));
        output.Console.Write(table);
        foreach (var placement in screen.Placements) ShowDetail(placement, output);
        output.Line(screen.IsPlaceable ? "it would be placed now" : "it would not be placed now");
    }

    private static void ShowDetail(PlacementScreen placement, CommandOutput output)
    {
        var best = (placement.Matching ?? []).Take(ShownProviders)
            .Select(static one => $"{Words.Short(one.Provider)} at {Words.Rate(one.RatePerHour)}");
        if (placement.Providers > 0) output.Line($"{placement.Placement}: the best are {string.Join(", ", best)}");
        else if (placement.Changes is not { Count: > 0 }) output.Line($"{placement.Placement}: no single change would find a provider");
        foreach (var change in placement.Changes ?? [])
            output.Line(
                $"{placement.Placement}: with {change.Change} it would find {change.Providers}, from {Words.Rate(change.RatePerHour)}{Extra(
                change)}");
    }

    private static string Extra(ScreenChange change) =>
        change.ExtraPerHour > RatePerHour.Zero ? $", {Words.Rate(change.ExtraPerHour)} more than it would pay" : "";
}
