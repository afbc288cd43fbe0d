using System.CommandLine;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.CommandLine.Home;
using Grid.CommandLine.Output;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Wallets;

/// <summary><c>grid wallet fund ADDRESS AMOUNT</c>: a deposit of a grid without a chain, signed by the operator's key. The same id books it once.</summary>
internal static class WalletFundCommand
{
    private static readonly Argument<string> Payer = new("ADDRESS") { Description = "Whose deposit." };
    private static readonly Argument<string> Amount = new("AMOUNT") { Description = "Tokens, with up to six decimals." };
    private static readonly Option<string?> OperatorWallet = new("--operator-wallet") { Description = "The operator's keystore; a running `grid up` knows its own.", HelpName = "FILE" };
    private static readonly Option<string?> OperatorPassphrase = new("--operator-passphrase-file") { Description = "A file with that keystore's passphrase.", HelpName = "FILE" };
    private static readonly Option<string?> Id = new("--id") { Description = "The deposit's id, to repeat one whose outcome is unknown.", HelpName = "HASH" };

    public static Command Create()
    {
        var command = new Command("fund", "Credit an account of a grid without a chain; needs the operator's key. Example: grid wallet fund 0x52908400098527886E0F7030069857D2E4169EE7 25") { Payer, Amount, OperatorWallet, OperatorPassphrase, Id }.WithConnection();
        Payer.Validators.Add(static result =>
        {
            if (!Address.TryParse(result.Tokens[0].Value, out _)) result.AddError($"'{result.Tokens[0].Value}' is no address; expected 0x and 40 hexadecimal digits with a right checksum.");
        });
        Amount.Validators.Add(static result =>
        {
            if (!TokenAmount.TryParse(result.Tokens[0].Value, out var amount) || amount.MicroUnits == 0) result.AddError($"'{result.Tokens[0].Value}' is no amount; expected tokens with up to six decimals, as 25 or 0.5");
        });
        Id.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Hash256.TryParse(token.Value, null, out _)) result.AddError($"--id: '{token.Value}' is no hash; expected 0x and 64 hexadecimal digits.");
        });
        command.SetGuardedAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult asked, CommandOutput output, CancellationToken cancellation)
    {
        using var open = OpenOperators.Anonymous(asked);
        var named = new Settings { OperatorWallet = asked.GetValue(OperatorWallet), OperatorPassphraseFile = asked.GetValue(OperatorPassphrase) };
        using var key = await (open.Context with { Settings = named.Or(open.Context.Settings) }).OpenOperatorKeyAsync(cancellation);
        var (client, known) = await FindAsync(open, key.Address, cancellation);
        if (known.Ledger != LedgerKind.Local)
            throw new GridException(GridErrorKind.Refused, $"{client.Url} settles on chain {known.ChainId}: deposit into its escrow there.") { Code = ProblemCodes.OnlyLocalLedger };
        _ = TokenAmount.TryParse(asked.GetRequiredValue(Amount), out var amount);
        var order = new FundOrder(known.Operator, Address.Parse(asked.GetRequiredValue(Payer)), amount, IdOf(asked.GetValue(Id)));
        output.Note($"deposit {order.Id}");
        var account = await client.FundAsync(order.Sign(key, known.Domain()), cancellation);
        output.Answer(account, GridJsonContext.Default.AccountStatus, status => AccountText.Show(status, known.TokenSymbol, output));
        return Guard.Ok;
    }

    /// <returns>The operator whose key that is; of several it need not be the first.</returns>
    private static async Task<(GridClient Client, OperatorInfo Info)> FindAsync(OpenOperators open, Address identity, CancellationToken cancellation)
    {
        var answers = await open.All.AskAllAsync(static (client, stop) => client.GetOperatorAsync(stop), cancellation);
        foreach (var (client, info, _) in answers)
            if (info?.Operator == identity || (info is not null && info.Ledger != LedgerKind.Local))
                return (client, info);
        if (answers.FirstOrDefault(static answer => answer.Away is not null) is { Away: { } away }) throw away;
        var known = string.Join(", ", answers.Select(static answer => answer.Answer!.Operator));
        throw new GridException(GridErrorKind.Refused, $"The keystore is that of {identity}, which is none of {known}.");
    }

    private static Hash256 IdOf(string? text) => text is null ? new Hash256(RandomNumberGenerator.GetBytes(Hash256.SizeBytes)) : Hash256.Parse(text);
}
