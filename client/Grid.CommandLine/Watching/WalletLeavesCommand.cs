using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Watching;

/// <summary>What this machine keeps of a wallet's accounts.</summary>
internal sealed record KeptList(Address Payer, IReadOnlyList<KeptSummary> Accounts);

/// <param name="Leaves">Oldest first.</param>
/// <param name="LastSequence">Of the authorizations that are kept; 0 where none is.</param>
/// <param name="Billed">What providers have signed for.</param>
internal sealed record KeptSummary(Address Operator, IReadOnlyList<KeptLeafSummary> Leaves, ulong LastSequence, int Bills, Money Billed);

internal sealed record KeptLeafSummary(Hash256 Root, Money Charged, Money Held, ulong Sequence, Money? CumulativeMax);

/// <summary><c>grid wallet leaves</c>: what is kept here of this wallet's accounts. Nobody is asked anything.</summary>
internal static class WalletLeavesCommand
{
    public static Command Create()
    {
        var command = new Command("leaves",
            "Show the leaves, authorizations and receipts that are kept here. Example: grid wallet leaves --json").WithConnection();
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var context = Context.Of(asked);
        using var wallet = await context.OpenWalletAsync(cancellation);
        var list = new KeptList(wallet.Address, [.. KeptAccounts.OperatorsOf(context.Home, wallet.Address).Select(
            one => Of(one, new KeptAccounts(context.Home, one, wallet.Address).Read()))]);
        output.Answer(list, OnChainJson.Default.KeptList, kept => Show(kept, output));
        return Guard.Ok;
    }

    private static KeptSummary Of(Address @operator, KeptAccount kept) => new(
        @operator,
        [.. kept.Leaves.Select(static leaf => new KeptLeafSummary(
            leaf.Proof.Root.Commitment(), leaf.Proof.Leaf.Charged, leaf.Proof.Leaf.Held, leaf.Proof.Leaf.Sequence,
            leaf.Authorization?.Value.CumulativeMax))],
        kept.Authorizations.LastOrDefault()?.Value.Sequence ?? 0,
        kept.Bills.Length,
        kept.Billed);

    private static void Show(KeptList list, CommandOutput output)
    {
        if (list.Accounts.Count == 0) output.Line("Nothing is kept yet: grid wallet watch");
        foreach (var account in list.Accounts)
        {
            output.Line(
                $"{account.Operator}: {account.Bills} bills, {account.Billed} signed for by providers; authorizations up to number {account.LastSequence}");
            foreach (var leaf in account.Leaves)
                output.Line(
                    $"  {Words.Short(leaf.Root)}  charged {leaf.Charged}, held {leaf.Held}, by authorization {leaf.Sequence}{(leaf.CumulativeMax is { } max ? $" (up to {max})" : "")}");
        }
    }
}
