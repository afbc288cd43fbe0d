using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Eras;

/// <summary><c>grid era verify ERA</c>: an era computed again here, from what is published, against what is signed or on the chain.</summary>
internal static class EraVerifyCommand
{
    private static readonly Argument<ulong> Era = EraArguments.Era();
    private static readonly Option<string?> Provider = new("--provider") { Description = "Prove this provider's leaf, or that it has none.", HelpName = "P" };

    public static Command Create()
    {
        var command = new Command("verify", "Compute an era again and check it. Examples: grid era verify 42 · grid era verify 42 --provider 0x8f3a… --chain chain.json --chain-rpc http://127.0.0.1:8545")
        {
            Era, Provider,
        }.WithConnection().WithChain();
        Provider.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !ProviderId.TryParse(text, null, out _)) result.AddError($"--provider is '{text}', expected an address.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = await OpenClient.AnonymousAsync(asked, cancellation);
        var era = await open.Client.GetEraAsync(asked.GetValue(Era), cancellation);
        if (era.Record is not { } hash) throw new GridException(GridErrorKind.NotFound, $"Era {era.Era} has no record at this operator: it is {era.Stage}.");
        var record = await open.Client.GetEraRecordAsync(hash, cancellation);
        var tree = record.Tree();
        var checks = new List<EraCheck>(EraVerification.Checks(
            era,
            await open.Client.GetErasAsync(cancellation),
            record,
            tree,
            await BooksAsync(open.Client, record, cancellation),
            await PreviousAsync(open.Client, record, cancellation),
            open.Operator.Domain()));
        if (open.Operator.Ledger == LedgerKind.Chain) checks.Add(await OnChainAsync(asked, open.Context, record.Vote(tree), cancellation));
        EraLeafProof? proof = null;
        if (asked.GetValue(Provider) is { } text)
        {
            proof = tree.Find(ProviderId.Parse(text));
            checks.Add(OfProvider(ProviderId.Parse(text), tree, proof));
        }

        var isSound = checks.All(static check => check.Holds is not false);
        output.Answer(new EraVerifyAnswer(era.Era, isSound, era.Root, checks, proof?.Leaf, proof), EraJson.Default.EraVerifyAnswer, answer => Show(answer, output));
        return isSound ? Guard.Ok : Guard.Failed;
    }

    private static void Show(EraVerifyAnswer answer, CommandOutput output)
    {
        foreach (var check in answer.Checks) output.Line($"{check.Holds switch { true => "ok  ", false => "BAD ", null => "?   " }}{check.Name}: {check.Detail}");
        if (answer.Leaf is { } leaf) output.Line($"uptime {Words.Percent((int)leaf.UptimePpm)}, tier {leaf.Tier}, {leaf.Units} units, {leaf.Rewards} earned since genesis");
    }

    private static EraCheck OfProvider(ProviderId provider, EraTree tree, EraLeafProof? proof)
    {
        var count = (uint)tree.Count;
        if (proof is not null) return new EraCheck("provider", proof.IsIn(tree.Era, tree.Root, count), $"{provider} has leaf {proof.Index} of {count}");
        var isAbsent = tree.FindAbsence(provider) is { } absence && absence.Holds(tree.Era, tree.Root, count, provider);
        return new EraCheck("provider", isAbsent, $"{provider} has no leaf: its neighbours prove it");
    }

    private static async Task<EraCheck> OnChainAsync(ParseResult asked, Context context, EraRoot root, CancellationToken cancellation)
    {
        using var chain = OpenChain.ForReading(asked, context);
        var committed = await chain.ReadAsync(chain.Grid.AttestationLedger.EraOf(root.Era), cancellation);
        return new EraCheck("chain", committed.Is(root.Root) && committed.Leaves == root.Leaves, committed.IsCommitted ? $"committed with {committed.Leaves} leaves" : "nothing is committed");
    }

    private static async Task<IReadOnlyList<(Hash256 Content, ObservationBook Book)>> BooksAsync(GridClient client, EraRecord record, CancellationToken cancellation)
    {
        var books = new List<(Hash256 Content, ObservationBook Book)>();
        foreach (var content in record.Operators.Select(static entry => entry.Book).Where(static book => !book.IsZero))
        {
            if (await FoundAsync(() => client.GetEraBookAsync(content, cancellation)) is { } book) books.Add((content, book));
        }

        return books;
    }

    private static Task<EraRecord?> PreviousAsync(GridClient client, EraRecord record, CancellationToken cancellation) =>
        record.Previous.IsZero ? Task.FromResult<EraRecord?>(null) : FoundAsync(() => client.GetEraRecordAsync(record.Previous, cancellation));

    /// <summary>An operator keeps old files only for so long: what is gone can't be checked, and is no lie.</summary>
    private static async Task<T?> FoundAsync<T>(Func<Task<T>> get)
        where T : class
    {
        try
        {
            return await get();
        }
        catch (GridException gone) when (gone.Kind is GridErrorKind.NotFound)
        {
            return null;
        }
    }
}
