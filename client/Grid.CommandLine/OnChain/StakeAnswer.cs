using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.CommandLine.Output;
using Grid.Protocol;

namespace Grid.CommandLine.OnChain;

/// <summary>A provider's stake after a command.</summary>
/// <param name="Unbonding">On its way out, still slashable.</param>
/// <param name="Held">What open cases may still take.</param>
/// <param name="Slashed">All that was ever taken.</param>
/// <param name="ReadyAtUnixSeconds">When what is unbonding may leave; 0 where nothing ever was.</param>
internal sealed record StakeAnswer(
    string Did,
    ProviderId Provider,
    Address Owner,
    Money Active,
    Money Unbonding,
    Money Held,
    Money Slashed,
    long ReadyAtUnixSeconds,
    IReadOnlyList<ChainTransactionAnswer> Transactions)
{
    public static async Task AnswerAsync(string did, OpenChain chain, ProviderId provider, CommandOutput output, string note, CancellationToken cancellation)
    {
        var now = await chain.ReadAsync(chain.Grid.ProviderRegistry.ProviderOf(provider), cancellation);
        var answer = new StakeAnswer(did, provider, now.Owner, now.Active, now.Unbonding, now.Held, now.Slashed, now.ReadyAtUnixSeconds, chain.Sent);
        output.Answer(answer, OnChainJson.Default.StakeAnswer, shown => shown.Show(output, note));
    }

    private void Show(CommandOutput output, string note)
    {
        foreach (var transaction in Transactions) output.Line($"{transaction.Name,-14} {transaction.Hash}  {transaction.Gas} gas");
        output.Line(note);
        output.Line($"Provider {Provider}, owner {Owner}: {Active} active, {Unbonding} unbonding, {Held} held by open cases, {Slashed} slashed so far.");
    }
}

/// <summary>Which provider a command means: its option, or the wallet's own key.</summary>
internal static class ProviderOption
{
    private static readonly Option<string?> Provider = Create();

    public static Command WithProvider(this Command command)
    {
        command.Add(Provider);
        return command;
    }

    /// <returns>Null where none is named.</returns>
    public static ProviderId? ProviderNamed(this ParseResult asked) => asked.GetValue(Provider) is { } text ? ProviderId.Parse(text) : null;

    private static Option<string?> Create()
    {
        var option = new Option<string?>("--provider") { Description = "The provider's address.", HelpName = "ADDRESS" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && !ProviderId.TryParse(result.Tokens[0].Value, null, out _)) result.AddError($"'{result.Tokens[0].Value}' is no address; expected 0x and 40 hex digits");
        });
        return option;
    }
}
