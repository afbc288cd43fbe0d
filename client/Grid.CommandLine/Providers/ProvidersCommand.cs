using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Providers;

/// <summary><c>grid providers</c>.</summary>
internal static class ProvidersCommand
{
    public static Command Create()
    {
        var command = new Command("providers", "List the providers that the operator knows. Example: grid providers --json").WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        var found = new List<ProviderSummary>();
        string? after = null;
        for (var page = 0; page < Limits.MaxPages; page++)
        {
            var list = await open.Client.ListProvidersAsync(after, cancellation);
            found.AddRange(list.Providers);
            if ((after = list.Next) is null) break;
        }
        output.Answer(new ProviderList(found), GridJsonContext.Default.ProviderList, list => Show(list, output));
        return Guard.Ok;
    }

    private static void Show(ProviderList list, CommandOutput output)
    {
        var table = Tables.Of("provider", "region", "zone", "state", "cpu free#", "memory free#", "gpus", "per core#", "tier#", "uptime#", "reputation#", "isolation", "leases#");
        foreach (var provider in list.Providers)
            table.Row(
                Words.Short(provider.Provider),
                provider.Terms.Region,
                provider.Terms.Zone,
                provider.IsInMaintenance ? "maintenance" : provider.IsConnected ? "connected" : "away",
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
}
