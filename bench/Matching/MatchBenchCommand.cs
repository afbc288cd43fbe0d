using System.CommandLine;
using System.Text.Json;

namespace Grid.Bench.Matching;

/// <summary><c>grid bench match</c>.</summary>
internal static class MatchBenchCommand
{
    private const int MostProviders = 4_000_000;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "print JSON alone on standard output" };
        var providers = new Option<int>("--providers") { Description = $"listings in the index, 1 to {MostProviders}", DefaultValueFactory = static _ => 100_000 };
        providers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostProviders) result.AddError($"--providers takes 1 to {MostProviders}.");
        });
        var command = new Command("match", "An exact match over every listing of a region, on one thread, beside one plain pass over the same bytes.") { json, providers };
        command.SetAction(parsed =>
        {
            var result = MatchBench.Run(parsed.GetValue(providers));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(result, MatchBenchJson.Default.MatchBenchResult));
            else Console.Out.WriteLine(result);
            return 0;
        });
        return command;
    }
}
