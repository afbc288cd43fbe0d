using System.CommandLine;
using Grid.CommandLine.Audits;
using Grid.CommandLine.Demo;
using Grid.CommandLine.Deployments;
using Grid.CommandLine.Eras;
using Grid.CommandLine.LocalGrids;
using Grid.CommandLine.Manifests;
using Grid.CommandLine.Matches;
using Grid.CommandLine.Prices;
using Grid.CommandLine.Programs;
using Grid.CommandLine.Providers;
using Grid.CommandLine.Slashing;
using Grid.CommandLine.Testing;
using Grid.CommandLine.Wallets;

namespace Grid.CommandLine;

/// <summary>Every command, in the order of the help.</summary>
internal static class GridCommands
{
    public static readonly IReadOnlyList<(string Name, Func<Command> Create)> All =
    [
        ("up", UpCommand.Create),
        ("demo", DemoCommand.Create),
        ("deploy", DeployCommand.Create),
        ("ls", ListCommand.Create),
        ("status", StatusCommand.Create),
        ("logs", LogsCommand.Create),
        ("fetch", FetchCommand.Create),
        ("close", CloseCommand.Create),
        ("explain", ExplainCommand.Create),
        ("screen", ScreenCommand.Create),
        ("providers", ProvidersCommand.Create),
        ("provider", ProviderCommand.Create),
        ("prices", PricesCommand.Create),
        ("audit", AuditCommand.Create),
        ("era", EraCommand.Create),
        ("slash", SlashCommand.Create),
        ("wallet", WalletCommand.Create),
        ("manifest", ManifestCommand.Create),
        ("silo", () => GridProgram.Silo.ToCommand()),
        ("node", () => GridProgram.Node.ToCommand()),
        ("bench", () => GridProgram.Bench.ToCommand()),
        ("sim", () => GridProgram.Simulation.ToCommand()),
        ("test", TestCommand.Create),
    ];
}
