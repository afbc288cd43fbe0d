using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.CommandLine.OnChain;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.Providers;

/// <param name="Claims">One for each lease of the operator that the node has kept.</param>
/// <param name="Collected">Paid to the providers now.</param>
internal sealed record LeaseClaimsAnswer(
    Address Operator, bool IsAbandoned, IReadOnlyList<ClaimedLease> Claims, Money Collected, string Note,
    IReadOnlyList<ChainTransactionAnswer> Transactions);

/// <param name="State"><c>claimed</c>, <c>open</c>, <c>paid</c> or <c>refused</c>.</param>
/// <param name="Amount">Claimed, less what a root had settled.</param>
internal sealed record ClaimedLease(LeaseId Lease, string State, Money Amount, string Detail);

/// <summary>
/// <c>grid provider claim-leases NODE --from ADDRESS</c>: what leases have earned that no root has paid, where the operator has vanished.
/// Run it again when the windows have passed: each time it does what is due.
/// </summary>
internal static class ProviderClaimLeasesCommand
{
    private static readonly Argument<DirectoryInfo> Node = new("NODE") { Description = "The node's data folder." };
    private static readonly Option<string> From = new("--from")
    {
        Description = "The operator's address.",
        HelpName = "ADDRESS",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command(
            "claim-leases",
            "Claim what an operator that has vanished owes your node by its leases. Example: grid provider claim-leases ./node --from 0x…")
        {
            Node, From,
        }.WithConnection().WithChain();
        From.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Address.TryParse(token.Value, out _))
                result.AddError($"--from: '{token.Value}' is no address; expected 0x and 40 hexadecimal digits with a right checksum.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        var @operator = Address.Parse(asked.GetRequiredValue(From));
        var kept = KeptClaims.Read(asked.GetRequiredValue(Node), @operator);
        using var wallet = await ChainWallet.OpenAsync(asked, cancellation);
        var claiming = new LeaseClaiming(wallet.Chain, @operator, kept);
        var wait = await claiming.AbandonAsync(cancellation);
        var claims = wait is null ? await claiming.ClaimAllAsync(cancellation) : [];
        var collected = await claiming.CollectAsync(cancellation);
        output.Answer(
            new LeaseClaimsAnswer(@operator, wait is null, claims, collected, wait ?? "", wallet.Chain.Sent),
            OnChainJson.Default.LeaseClaimsAnswer,
            answer => Show(answer, output));
        return Guard.Ok;
    }

    private static void Show(LeaseClaimsAnswer answer, CommandOutput output)
    {
        foreach (var transaction in answer.Transactions) output.Line($"{transaction.Name,-14} {transaction.Hash}  {transaction.Gas} gas");
        if (answer.Note.Length > 0) output.Line(answer.Note);
        foreach (var claim in answer.Claims) output.Line($"{Words.Short(claim.Lease)}  {claim.State,-8} {claim.Amount}  {claim.Detail}");
        if (answer.Collected > Money.Zero) output.Line($"{answer.Collected} collected.");
    }
}
