using System.CommandLine;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid providers</c>.</summary>
internal static class ProvidersCommand
{
    public static Command Create()
    {
        var command = new Command("providers", "List the providers that your operators know. Example: grid providers --json").WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = OpenOperators.Anonymous(asked);
        var answers = await open.All.AskAllAsync(ListAsync, cancellation);
        if (answers.All(static answer => answer.Away is not null)) throw answers[0].Away!;
        foreach (var away in answers.Where(static answer => answer.Away is not null)) output.Note($"{away.Client.Url} is away; who is known there alone is not shown");
        output.Answer(new ProviderList(Together(answers)), GridJsonContext.Default.ProviderList, list => Show(list, output));
        return Guard.Ok;
    }

    private static async Task<List<ProviderSummary>> ListAsync(GridClient client, CancellationToken cancellation)
    {
        // Whoever answers must be who is trusted before a listing of theirs is believed.
        await client.GetOperatorAsync(cancellation);
        var found = new List<ProviderSummary>();
        string? after = null;
        for (var page = 0; page < Limits.MaxPages; page++)
        {
            var list = await client.ListProvidersAsync(after, cancellation);
            found.AddRange(list.Providers);
            if ((after = list.Next) is null) break;
        }

        return found;
    }

    /// <summary>A node that sells through several operators once, as one of those says it that it is connected to.</summary>
    private static IReadOnlyList<ProviderSummary> Together(IEnumerable<OperatorAnswer<List<ProviderSummary>>> answers) =>
    [
        .. answers.SelectMany(static answer => answer.Answer ?? []).GroupBy(static provider => provider.Provider)
            .Select(static known => known.OrderByDescending(static provider => provider.IsConnected).First()),
    ];

    private static void Show(ProviderList list, CommandOutput output)
    {
        var table = Tables.Of("provider", "region", "zone", "state", "cpu free#", "memory free#", "gpus", "per core#", "tier#", "uptime#", "reputation#", "isolation", "leases#");
        foreach (var provider in list.Providers)
            table.Row(
                Words.Short(provider.Provider),
                provider.Terms.Region,
                provider.Terms.Zone,
                State(provider),
                $"{provider.Free.CpuMillis}m",
                $"{provider.Free.MemoryMib} MiB",
                string.Join(", ", provider.Terms.Devices.GroupBy(device => device.IsPretended ? $"{device.Model} (pretended)" : device.Model).Select(group => $"{group.Count()} × {group.Key}")),
                Words.Rate((provider.Asked ?? provider.Terms.Prices).PerCore),
                $"{provider.TrustTier}",
                Words.Percent(provider.UptimePpm),
                Words.Percent(provider.ReputationPpm),
                Words.Enum(provider.Terms.Isolation),
                $"{provider.ActiveLeaseCount}");
        output.Console.Write(table);
    }

    private static string State(ProviderSummary provider)
    {
        if (provider.IsInMaintenance) return "maintenance";
        var state = provider.IsConnected ? "connected" : "away";
        if (provider.Maintenance is not { } next) return state;
        return $"{state}, maintenance {DateTimeOffset.FromUnixTimeSeconds(next.FromUnixSeconds):u}";
    }
}
