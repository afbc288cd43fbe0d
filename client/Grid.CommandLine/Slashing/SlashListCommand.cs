using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;

namespace Grid.CommandLine.Slashing;

/// <summary><c>grid slash ls</c>: from the chain alone.</summary>
internal static class SlashListCommand
{
    public static Command Create()
    {
        var command = new Command("ls", "List the cases before the court, the latest last. Example: grid slash ls --provider 0x1234…")
        {
            CommonOptions.Json,
        }.WithChain().WithProvider();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var chain = OpenChain.ForReading(asked, Context.Of(asked));
        var cases = await Cases.ListAsync(chain, asked.ProviderNamed(), cancellation);
        output.Answer(new CaseList(cases), OnChainJson.Default.CaseList, list => Show(list, output));
        return Guard.Ok;
    }

    private static void Show(CaseList list, CommandOutput output)
    {
        var table = Tables.Of("case", "provider", "kind", "state", "seconds#", "stake#", "compensation#", "appeal until");
        foreach (var one in list.Cases)
        {
            table.Row(
                one.Case.ToString(),
                Words.Short(one.Provider),
                one.Kind,
                one.State,
                $"{one.ToUnixSeconds - one.FromUnixSeconds}",
                one.Amount.ToString(),
                one.Compensation.ToString(),
                Words.Time(one.DecidedAtUnixSeconds * 1000));
        }

        output.Console.Write(table);
    }
}
