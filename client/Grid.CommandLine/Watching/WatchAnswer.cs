using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Watching;

/// <summary>One look of <c>grid wallet watch</c>.</summary>
internal sealed record WatchAnswer(Address Payer, IReadOnlyList<WatchedAccount> Accounts)
{
    public bool IsGood => Accounts.All(static account => account is { Failure: null, Root: not { IsWrong: true } });
}

/// <param name="IsAway">The operator does not answer: what was kept is judged by.</param>
/// <param name="Account">The account's number in the escrow; 0 where the payer has none.</param>
/// <param name="Billed">What providers have signed for, as far as it is known here.</param>
/// <param name="Root">The root that stands open; null where none does.</param>
/// <param name="Did">What was sent to the chain in this look, and what is waited for.</param>
/// <param name="Failure">Why the look did not come to its end; the next one begins anew. Null where it did.</param>
internal sealed record WatchedAccount(
    Address Operator,
    bool IsAway,
    uint Account,
    Money Balance,
    Money Billed,
    WatchedRoot? Root,
    IReadOnlyList<string> Did,
    IReadOnlyList<ChainTransactionAnswer> Transactions,
    string? Failure = null)
{
    public void Show(CommandOutput output)
    {
        if (Failure is not null) output.Line($"{Operator}: {Failure}");
        output.Line($"{Operator}{(IsAway ? " (away)" : "")}: balance {Balance}, billed {Billed}");
        if (Root is { } root) output.Line($"  root {root.Batch} ({Words.Short(root.Commitment)}): {root.Text}");
        foreach (var done in Did) output.Line($"  {done}");
        foreach (var sent in Transactions) output.Line($"  {sent.Name,-14} {sent.Hash}  {sent.Gas} gas");
    }
}

/// <param name="Charged">As the leaf says; null where none is known.</param>
/// <param name="Fault"><c>none</c> where nothing is wrong.</param>
internal sealed record WatchedRoot(ulong Batch, Hash256 Commitment, Money? Charged, Money? Held, string Fault, string Detail)
{
    public bool IsWrong => Fault != Words.Enum(RootFault.None);

    public string Text =>
        IsWrong ? $"{Fault}: {Detail}" : Charged is { } charged ? $"charges {charged}, holds {Held}: right" : "owes nothing by it";

    public static WatchedRoot Of(ulong batch, Hash256 commitment, KeptLeaf? leaf, RootVerdict verdict) =>
        new(batch, commitment, leaf?.Proof.Leaf.Charged, leaf?.Proof.Leaf.Held, Words.Enum(verdict.Fault), verdict.Detail);
}
