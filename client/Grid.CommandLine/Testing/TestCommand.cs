using System.CommandLine;
using System.Text.Json;

namespace Grid.CommandLine.Testing;

/// <summary><c>grid test</c>: every suite of the repository, and one closing line that counts.</summary>
public static class TestCommand
{
    private static readonly Option<bool> Long = new("--long") { Description = "Run the long tests as well (hours)." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as JSON on standard output, the rest on standard error." };
    private static readonly Option<string?> Filter = new("--filter") { Description = "Run only the tests whose full name contains NAME.", HelpName = "NAME" };
    private static readonly Option<string?> Root = new("--root") { Description = "The repository; by default the one that this program was built in.", HelpName = "DIR" };
    private static readonly Option<int?> LimitSeconds = new("--limit") { Description = "Seconds that one suite may take.", HelpName = "SECONDS" };

    public static Command Create()
    {
        var command = new Command("test", "Run the tests of this repository. Examples: grid test · grid test --filter Lease · grid test --long --json")
        {
            Long, Json, Filter, Root, LimitSeconds,
        };
        LimitSeconds.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1) result.AddError("--limit: expected at least 1 second.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CancellationToken cancellation)
    {
        var (output, error) = (asked.InvocationConfiguration.Output, asked.InvocationConfiguration.Error);
        if ((asked.GetValue(Root) ?? TestSuite.FindRoot(AppContext.BaseDirectory)) is not { } root)
        {
            await error.WriteLineAsync($"No repository around {AppContext.BaseDirectory}: run ./grid test in a clone of the project, or name it with --root.");
            return 1;
        }
        var isJson = asked.GetValue(Json);
        var shown = isJson ? error : output;
        using var progress = new TestProgress(shown, isTerminal: shown == Console.Out ? !Console.IsOutputRedirected : shown == Console.Error && !Console.IsErrorRedirected);
        var result = await TestRun.RunAsync(OptionsOf(asked, root), progress, cancellation);
        if (result.Passed + result.Failed + result.Skipped == 0) await error.WriteLineAsync($"No test {(asked.GetValue(Filter) is { } filter ? $"has '{filter}' in its name" : "was found")}.");
        await output.WriteLineAsync(isJson
            ? JsonSerializer.Serialize(result, TestJson.Default.TestRunResult)
            : $"{result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped");
        return result.Ok ? 0 : 1;
    }

    private static TestRunOptions OptionsOf(ParseResult asked, string root)
    {
        var isLong = asked.GetValue(Long);
        var limit = asked.GetValue(LimitSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : isLong ? Limits.LongSuite : Limits.Suite;
        return new TestRunOptions(root, isLong, asked.GetValue(Filter), limit);
    }
}
