using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;

namespace Grid.CommandLine.Wallets;

/// <summary>The answer of <c>grid wallet balance --json</c>: the sums over the operators that answer, and each of them.</summary>
internal sealed record BalanceAnswer(
    Address Payer, Money Deposited, Money Held, Money Charged, Money Available, Money Earned, IReadOnlyList<OperatorBalance> Operators)
{
    public static BalanceAnswer Of(Address payer, IReadOnlyList<OperatorAnswer<AccountStatus>> answers)
    {
        var accounts = answers.Select(static answer => answer.Answer).OfType<AccountStatus>().ToArray();
        return new BalanceAnswer(
            payer,
            Sum(accounts, static account => account.Deposited),
            Sum(accounts, static account => account.Held),
            Sum(accounts, static account => account.Charged),
            Sum(accounts, static account => account.Available),
            Sum(accounts, static account => account.Earned),
            [.. answers.Select(static answer => new OperatorBalance(answer.Client.Url, answer.Away is not null, answer.Away?.Message, answer.Answer))]);
    }

    private static Money Sum(IEnumerable<AccountStatus> accounts, Func<AccountStatus, Money> part) =>
        accounts.Aggregate(Money.Zero, (sum, account) => sum + part(account));
}

/// <param name="Reason">Why it is away; null where it is not.</param>
/// <param name="Account">Null where it is away.</param>
internal sealed record OperatorBalance(Uri Url, bool IsAway, string? Reason, AccountStatus? Account);
