using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Eras;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Slashing;

/// <summary>What <c>grid slash report</c> found in an era.</summary>
internal sealed record ReportAnswer(
    ulong Era, int Votes, IReadOnlyList<ReportedOperator> Reported, IReadOnlyList<ChainTransactionAnswer> Transactions);

/// <param name="Bond">What is left of it.</param>
/// <param name="WasKnown">Somebody else had reported it.</param>
internal sealed record ReportedOperator(Address Operator, Money Bond, bool WasKnown);

/// <summary>
/// <c>grid slash report ERA</c>: compares what the named operators were given as votes, and has the contract slash whoever signed two
/// roots. Anybody may; a tenth of what it costs is the reporter's.
/// </summary>
internal static class SlashReportCommand
{
    private static readonly Argument<ulong> Era = EraArguments.Era();

    public static Command Create()
    {
        var command = new Command(
            "report", "Report operators that signed two roots of an era, as other operators show it. Example: grid slash report 42") { Era }
            .WithConnection().WithChain();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var era = asked.GetValue(Era);
        using var open = await OpenOperators.WithWalletAsync(asked, cancellation);
        using var chain = OpenChain.Of(asked, open.Context, open.Wallet!.Key);
        var votes = await VotesAsync(open, era, output, cancellation);
        var reported = new List<ReportedOperator>();
        foreach (var found in Equivocation.Among(era, votes, chain.Grid.Domain)) reported.Add(
            await ReportAsync(chain, found, cancellation));

        output.Answer(
            new ReportAnswer(era, votes.Count, reported, chain.Sent), OnChainJson.Default.ReportAnswer, answer => Show(answer, output));
        return Guard.Ok;
    }

    /// <summary>Of all that are named, who may be away or know nothing of the era: one that does suffices.</summary>
    private static async Task<IReadOnlyList<Signed<EraRoot>>> VotesAsync(
        OpenOperators open, ulong era, CommandOutput output, CancellationToken cancellation)
    {
        var votes = new List<Signed<EraRoot>>();
        GridException? last = null;
        var answered = 0;
        foreach (var client in open.All.All)
        {
            try
            {
                var status = await client.GetEraAsync(era, cancellation);
                votes.AddRange(status.Votes.Concat(status.Equivocations));
                answered++;
            }
            catch (GridException e)
            {
                last = e;
                output.Note($"{client.Url}: {e.Message}");
            }
        }

        return answered == 0 ? throw last! : votes;
    }

    private static async Task<ReportedOperator> ReportAsync(OpenChain chain, Equivocation found, CancellationToken cancellation)
    {
        var ledger = chain.Grid.AttestationLedger;
        var wasKnown = await chain.ReadAsync(ledger.HasEquivocated(found.Era, found.Operator), cancellation);
        if (!wasKnown)
            await chain.SendAsync("report two votes", ledger.ReportEquivocation(found.Operator, found.First, found.Second), cancellation);
        var left = await chain.ReadAsync(chain.Grid.OperatorRegistry.OperatorOf(found.Operator), cancellation);
        return new ReportedOperator(found.Operator, left.Bond, wasKnown);
    }

    private static void Show(ReportAnswer answer, CommandOutput output)
    {
        foreach (var transaction in answer.Transactions) output.Line($"{transaction.Name,-14} {transaction.Hash}  {transaction.Gas} gas");
        if (answer.Reported.Count == 0) output.Line($"None of the {answer.Votes} votes for era {answer.Era} contradict each other.");
        foreach (var one in answer.Reported)
            output.Line(
                $"{one.Operator} signed two roots of era {answer.Era}: {(one.WasKnown ? "reported before" : "reported")}; {one.Bond} are left of its bond.");
    }
}
