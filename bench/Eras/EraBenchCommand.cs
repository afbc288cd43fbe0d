using System.CommandLine;
using System.Text.Json;

namespace Grid.Bench.Eras;

/// <summary><c>grid bench era</c>.</summary>
internal static class EraBenchCommand
{
    private const int MostProviders = 1 << 20;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON alone on standard output" };
        var providers = new Option<int>("--providers") { Description = $"leaves of the era, 1 to {MostProviders}", DefaultValueFactory = static _ => 100_000 };
        providers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostProviders) result.AddError($"--providers takes 1 to {MostProviders}.");
        });
        var command = new Command("era", "An era's tree, its votes and proofs, and all that is computed from its end to its commit.") { json, providers };
        command.SetAction(parsed =>
        {
            var result = EraBench.Run(parsed.GetValue(providers));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(result, EraBenchJson.Default.EraBenchResult));
            else Console.Out.WriteLine(result);
            return 0;
        });
        return command;
    }
}
