using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>
/// The rules of an account whose deposit lies in the escrow of a chain: pure transitions over <see cref="AccountState"/>.
/// </summary>
public static class EscrowAccount
{
    /// <summary>
    /// Takes what is final on the chain. An exit needs nobody's leave, so that the chain may show less than was spent or is held: the
    /// deposit then counts as all of that, and what settlement cannot charge is the operator's loss.
    /// </summary>
    public static Decision<AccountState, bool> Mirror(AccountState state, EscrowBalance balance)
    {
        var isOver = state.Withdrawal is { } promise && (balance.Withdrawn >= promise.Withdrawn || balance.FinalUnixSeconds >= promise.ExpiryUnixSeconds);
        var open = isOver ? null : state.Withdrawal;
        var promised = state.Paid + state.Burned + state.Held - state.Earned;
        var next = state with
        {
            Deposited = Money.Max(balance.Balance, promised),
            Withdrawn = balance.Withdrawn,
            Withdrawal = open,
            IsLeaving = balance.IsLeaving,
            ExitReadyUnixSeconds = balance.ExitReadyUnixSeconds,
        };
        return next == state ? new(state, false) : Account.Accept(next, true);
    }

    /// <summary>Sets money aside that no lease can have until the withdrawal is taken or can no longer be.</summary>
    public static Decision<AccountState, WithdrawResult> Withdraw(AccountState state, Money amount, long expiryUnixSeconds)
    {
        if (state.Withdrawal is { } open)
        {
            return open.Amount == amount
                ? new(state, new WithdrawResult(open.Amount, open.Withdrawn, open.ExpiryUnixSeconds, null))
                : Refuse(state, $"a withdrawal of {open.Amount} is open: take it, or wait until it has expired and the chain is final past that.");
        }

        if (amount.MicroUnits <= 0) return Refuse(state, $"amount is {amount}, expected more than zero.");
        if (amount > state.Available) return Refuse(state, $"amount is {amount}, available are {state.Available}: close what holds the rest.");
        var promise = new WithdrawalPromise(amount, state.Withdrawn + amount, expiryUnixSeconds);
        return Account.Accept(state with { Withdrawal = promise }, new WithdrawResult(promise.Amount, promise.Withdrawn, promise.ExpiryUnixSeconds, null));
    }

    public static AccountStatement Statement(AccountState state) => new(
        state.LatestAuthorization,
        state.Holds.ToImmutableSortedDictionary(static hold => hold.Key, static hold => hold.Value.Total),
        state.Reserved,
        state.IsLeaving);

    private static Decision<AccountState, WithdrawResult> Refuse(AccountState state, string why) =>
        new(state, new WithdrawResult(Money.Zero, Money.Zero, 0, why));
}
