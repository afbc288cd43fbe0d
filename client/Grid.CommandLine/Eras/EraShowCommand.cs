using System.CommandLine;
using System.Numerics;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;

namespace Grid.CommandLine.Eras;

/// <summary><c>grid era show ERA</c>.</summary>
internal static class EraShowCommand
{
    private static readonly Argument<ulong> Era = EraArguments.Era();

    public static Command Create()
    {
        var command = new Command("show", "Show an era: who observed it, who voted, its leaves. Example: grid era show 42") { Era }.WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        var era = await open.Client.GetEraAsync(asked.GetValue(Era), cancellation);
        var record = era.Record is { } hash ? await open.Client.GetEraRecordAsync(hash, cancellation) : null;
        var seen = record?.Operators.FirstOrDefault(entry => entry.Operator == open.Operator.Operator) is { Book.IsZero: false } own
            ? await open.Client.GetEraBookAsync(own.Book, cancellation)
            : null;
        output.Answer(era, GridJsonContext.Default.EraStatus, answer => Show(answer, record, seen, output));
        return Guard.Ok;
    }

    /// <param name="seen">This operator's own observations. A slot that lies in announced maintenance is not expected.</param>
    private static void Show(EraStatus era, EraRecord? record, ObservationBook? seen, CommandOutput output)
    {
        output.Line($"era {era.Era}: {era.Stage}, {era.Books.Count} books, {era.Votes.Count} votes{(era.Transaction is { } transaction ? $", transaction {transaction}" : "")}");
        if (era.Root is { } root) output.Line($"root {root.Root}");
        if (era.Objection is { } objection) output.Line($"no vote here: {objection}");
        if (era.Equivocations.Count > 0) output.Line($"{era.Equivocations.Count} operators have voted twice");
        if (record is null) return;
        var table = Tables.Of("provider", "uptime#", "tier#", "good#", "bad#", "units#", "rewards#", "slots expected#", "observed");
        foreach (var row in record.Rows)
        {
            table.Row(
                Words.Short(row.Leaf.Provider),
                Words.Percent((int)row.Leaf.UptimePpm),
                $"{row.Leaf.Tier}",
                $"{row.Standing.GoodEras}",
                $"{row.Standing.BadEras}",
                $"{row.Leaf.Units}",
                $"{row.Leaf.Rewards}",
                seen?.Find(row.Leaf.Provider) is { } own ? $"{BitOperations.PopCount(own.Expected)}" : "",
                row.IsObserved ? "yes" : "no");
        }

        output.Console.Write(table);
    }
}
