using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Slashing;

/// <summary><c>grid slash show CASE</c>.</summary>
internal static class SlashShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Show one case. Example: grid slash show 0x12ab…") { CaseArgument.Case, CommonOptions.Json }.WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var chain = OpenChain.ForReading(asked, Context.Of(asked));
        output.Answer(await chain.FindCaseAsync(asked.CaseOf(), cancellation), OnChainJson.Default.CaseAnswer, shown => shown.Show(output));
        return Guard.Ok;
    }
}
