using Grid.Chain.Crypto;
using Grid.Protocol;
using Orleans;

namespace Grid.Accounts;

/// <summary>Deposits as the operator's own ledger has them.</summary>
public sealed class LocalDepositLedger(IGrainFactory grains) : IDepositLedger
{
    public Task<Money> GetDepositedAsync(Address payer) => grains.GetGrain<ILocalLedgerGrain>(payer.ToString()).GetDeposited();
}
