using Grid.Protocol;
using Grid.Protocol.Signing;
using Orleans;
using Orleans.Runtime;

namespace Grid.Accounts;

public sealed class LocalLedgerGrain : Grain, ILocalLedgerGrain
{
    private readonly AcknowledgedState<LocalLedgerState> _stored;
    private readonly GridIdentity _identity;

    public LocalLedgerGrain([PersistentState("ledger")] IPersistentState<LocalLedgerState> storage, GridIdentity identity)
    {
        _stored = new AcknowledgedState<LocalLedgerState>(storage, this);
        _identity = identity;
    }

    public async Task<FundResult> Fund(Signed<FundOrder> order)
    {
        if (order.Value.Payer.ToString() != this.GetPrimaryKeyString()) return new FundResult(false, _stored.Value.Deposited, $"payer is {order.Value.Payer}, expected {this.GetPrimaryKeyString()}.");
        if (!order.IsSignedBy(_identity.Operator, _identity.Domain)) return new FundResult(false, _stored.Value.Deposited, "only the operator's own key may fund an account.");

        var decision = LocalLedger.Fund(_stored.Value, order.Value.Id, order.Value.Amount);
        if (decision.HasChanged) await _stored.Store(decision.State);
        return decision.Result;
    }

    public Task<Money> GetDeposited() => Task.FromResult(_stored.Value.Deposited);
}
