using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>The rules of an operator's own ledger.</summary>
public static class LocalLedger
{
    public static Decision<LocalLedgerState, FundResult> Fund(LocalLedgerState state, Hash256 id, Money amount)
    {
        if (state.Funded.TryGetValue(id, out var before))
            return before == amount ? new(state, new FundResult(true, state.Deposited, null)) : Refuse(state, $"id {id} funded {before} already.");
        if (amount.MicroUnits <= 0) return Refuse(state, $"amount is {amount}, expected more than zero.");
        if (state.Funded.Count >= Limits.FundOrders) return Refuse(state, $"{Limits.FundOrders} deposits are booked already.");

        var after = new LocalLedgerState { Deposited = state.Deposited + amount, Funded = state.Funded.Add(id, amount) };
        return new Decision<LocalLedgerState, FundResult>(after, new FundResult(true, after.Deposited, null), HasChanged: true);
    }

    private static Decision<LocalLedgerState, FundResult> Refuse(LocalLedgerState state, string why) => new(state, new FundResult(false, state.Deposited, why));
}
