using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>Where deposits are kept: the operator's own ledger, or the escrow contract of a chain.</summary>
public interface IDepositLedger
{
    /// <summary>The payer's deposits with this operator, cumulative and final.</summary>
    Task<Money> GetDepositedAsync(Address payer);

    /// <returns>Null where deposits lie in no escrow.</returns>
    Task<EscrowBalance?> GetEscrowBalanceAsync(Address payer) => Task.FromResult<EscrowBalance?>(null);
}
