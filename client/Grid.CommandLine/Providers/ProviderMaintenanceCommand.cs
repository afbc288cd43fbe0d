using System.CommandLine;
using System.Globalization;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid provider maintenance</c>: the wallet's key, a node's, tells all operators that its machine will be away.</summary>
internal static class ProviderMaintenanceCommand
{
    private static readonly Option<DateTimeOffset?> From = new("--from")
    {
        Description = "When it begins; without a zone in UTC. At least an era ahead. Without it, what is announced is shown.",
        HelpName = "TIME",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
            result.AddError($"--from is '{text}', expected a time, as 2026-12-24T02:00Z.");
            return null;
        },
    };

    private static readonly Option<int> Minutes = new("--minutes")
    {
        Description = "How long it lasts.",
        DefaultValueFactory = static _ => 60,
    };

    public static Command Create()
    {
        var command = new Command(
            "maintenance",
            "Announce that your node will be away: no lease is placed that would run into it, and it counts as no downtime. "
            + "Example: grid provider maintenance --wallet node.json --from 2026-12-24T02:00Z --minutes 90")
        {
            From, Minutes,
        }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var operators = await OpenOperators.WithWalletAsync(asked, cancellation);
        var wallet = operators.Wallet!;
        var provider = new ProviderId(wallet.Address);
        var window = asked.GetValue(From) is { } from ? Window(provider, from, asked) : null;
        var answers = await operators.All.AskAllAsync(
            (client, stop) => window is null ? client.GetMaintenanceAsync(provider, stop) : AnnounceAsync(wallet, client, window, stop),
            cancellation);
        foreach (var away in answers.Where(static answer => answer.Away is not null))
            output.Line($"An operator is away and does not know of it yet; say it again: {away.Away!.Message}");
        var told = answers.FirstOrDefault(static answer => answer.Answer is not null)?.Answer
            ?? throw new GridException(GridErrorKind.Unreachable, "No operator is there.");
        output.Answer(told, GridJsonContext.Default.ProviderMaintenance, answer => Show(answer, output));
        return Guard.Ok;
    }

    private static Maintenance Window(ProviderId provider, DateTimeOffset from, ParseResult asked) =>
        new(provider, from.ToUnixTimeSeconds(), from.ToUnixTimeSeconds() + asked.GetValue(Minutes) * 60L);

    private static async Task<ProviderMaintenance> AnnounceAsync(
        Client.Wallet wallet, GridClient client, Maintenance window, CancellationToken cancellation)
    {
        var info = await client.GetOperatorAsync(cancellation);
        return await client.AnnounceMaintenanceAsync(window.Sign(wallet.Key, info.Domain()), cancellation);
    }

    private static void Show(ProviderMaintenance answer, CommandOutput output)
    {
        if (answer.Announced.Count == 0) output.Line("No maintenance is announced.");
        foreach (var (notice, announcedAt) in answer.Announced)
            output.Line($"{Time(notice.Value.FromUnixSeconds)} to {Time(notice.Value.ToUnixSeconds)}, announced {Time(announcedAt)}");
    }

    private static string Time(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("u", CultureInfo.InvariantCulture);
}
