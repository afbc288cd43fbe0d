using System.CommandLine;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Eras;

/// <summary><c>grid era ls</c>.</summary>
internal static class EraListCommand
{
    private const int MostEras = 64;

    private static readonly Option<int> Count = new("--count") { Description = $"The newest eras that are shown, 1 to {MostEras}.", DefaultValueFactory = static _ => 10 };

    public static Command Create()
    {
        var command = new Command("ls", "List the newest eras. Example: grid era ls --count 20") { Count }.WithConnection();
        Count.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostEras) result.AddError($"--count takes 1 to {MostEras}.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        var overview = await open.Client.GetErasAsync(cancellation);
        var eras = new List<EraStatus>();
        for (var (era, count) = (overview.Current, asked.GetValue(Count)); era is { } number && count > 0; era = number == 0 ? null : number - 1, count--)
            eras.Add(await open.Client.GetEraAsync(number, cancellation));
        output.Answer(new EraListAnswer(overview, eras), EraJson.Default.EraListAnswer, answer => Show(answer, output));
        return Guard.Ok;
    }

    private static void Show(EraListAnswer answer, CommandOutput output)
    {
        var table = Tables.Of("era#", "stage", "leaves#", "rewards#", "books#", "votes#", "root");
        foreach (var era in answer.Eras)
        {
            table.Row(
                $"{era.Era}",
                era.Era == answer.Overview.Current ? "running" : era.Stage,
                $"{era.Root?.Leaves}",
                $"{era.Root?.Rewards}",
                $"{era.Books.Count}",
                $"{era.Votes.Count}",
                era.Root is { } root ? Words.Short(root.Root) : "–");
        }

        output.Console.Write(table);
    }
}
