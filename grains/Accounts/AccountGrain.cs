using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Grid.Accounts;

// Reentrant, so that holds which wait at the same time share one durable write: every decision is one synchronous step over the pending state.
[Reentrant]
public sealed class AccountGrain : Grain, IAccountGrain
{
    private readonly AcknowledgedState<AccountState> _stored;
    private readonly SharedWrite _write;
    private readonly IDepositLedger _ledger;
    private readonly TimeProvider _time;
    private readonly GridParameters _parameters;
    private readonly GridIdentity _identity;
    private AccountState? _pending;
    private bool _isListed;

    public AccountGrain(
        [PersistentState("account")] IPersistentState<AccountState> storage,
        IDepositLedger ledger,
        TimeProvider time,
        GridParameters parameters,
        GridIdentity identity)
    {
        _stored = new AcknowledgedState<AccountState>(storage, this);
        _write = new SharedWrite(() => _stored.Store(Pending));
        (_ledger, _time, _parameters, _identity) = (ledger, time, parameters, identity);
    }

    private AccountState Pending => _pending ?? _stored.Value;

    public Task<AuthorizeResult> Authorize(Signed<Authorization> authorization)
    {
        var refusal = AuthorizationCheck.Refusal(authorization, _identity, this.GetPrimaryKeyString(), _time.GetUtcNow());
        if (refusal is not null) return Task.FromResult(new AuthorizeResult(false, refusal));
        var decision = Account.Authorize(Pending, authorization.Value, authorization.Value.Digest(_identity.Domain));
        return Commit(decision.HasChanged && _identity.HasChain ? decision with { State = decision.State with { LatestAuthorization = authorization } } : decision);
    }

    public async Task<HoldMoneyResult> Hold(MoneyHold hold)
    {
        await BeListed();
        var decision = Account.Hold(Pending, hold, _time.GetUtcNow());
        if (decision.Result.GrantedTotal >= hold.WantedTotal) return await Commit(decision);

        // Where not all can be held, the mirror may be behind the ledger.
        await MirrorDeposit();
        return await Commit(Account.Hold(Pending, hold, _time.GetUtcNow()));
    }

    public Task Release(LeaseId lease) => Commit(Account.Release(Pending, lease));

    public Task<Settlement> Settle(LeaseCharge charge) => Commit(Account.Settle(Pending, charge));

    public Task Credit(LeaseId lease, Money amount) => Commit(Account.Credit(Pending, lease, amount));

    public Task Forget(LeaseId lease) => Commit(Account.Forget(Pending, lease));

    public Task EndAuthorization(DeploymentId deployment) => Commit(Account.EndAuthorization(Pending, deployment));

    public async Task<WithdrawResult> Withdraw(Money amount, long expiryUnixSeconds)
    {
        await MirrorDeposit();
        return await Commit(EscrowAccount.Withdraw(Pending, amount, expiryUnixSeconds));
    }

    public Task<AccountStatement> GetStatement() => Task.FromResult(EscrowAccount.Statement(_stored.Value));

    public async Task<AccountView> Refresh()
    {
        await MirrorDeposit();
        return Account.View(_stored.Value);
    }

    public Task<ImmutableArray<DeploymentId>> ListDeployments() => Task.FromResult<ImmutableArray<DeploymentId>>([.. _stored.Value.Authorizations.Keys, .. _stored.Value.Ended]);

    public Task<AccountView> GetView() => Task.FromResult(Account.View(_stored.Value));

    /// <summary>Asks every lease whose hold is older than a hold may get whether it stands behind it.</summary>
    public async Task LookAgain()
    {
        var oldest = _time.GetUtcNow() - _parameters.HoldExpiry;
        var payer = Address.Parse(this.GetPrimaryKeyString());
        foreach (var (lease, hold) in _stored.Value.Holds)
        {
            if (!hold.IsExtended && hold.HeldAt < oldest) await GrainFactory.GetGrain<ILeaseGrain>(lease.ToString()).HoldFound(payer);
        }
    }

    /// <summary>An account that has ever held is swept from then on: a hold whose order has died with its silo is found by nobody else.</summary>
    private async Task BeListed()
    {
        if (_isListed) return;
        await Shard.Join(GrainFactory, ShardKind.Accounts, this.GetPrimaryKeyString());
        _isListed = true;
    }

    private async Task MirrorDeposit()
    {
        var payer = Address.Parse(this.GetPrimaryKeyString());
        var escrow = await _ledger.GetEscrowBalanceAsync(payer);
        if (escrow is null)
        {
            var deposited = await _ledger.GetDepositedAsync(payer);
            await Commit(Account.Deposit(Pending, deposited));
        }
        else
        {
            await Commit(EscrowAccount.Mirror(Pending, escrow));
        }
    }

    private async Task<TResult> Commit<TResult>(Decision<AccountState, TResult> decision)
    {
        if (decision.HasChanged) _pending = decision.State;

        // A repeat must not be answered before the first call's change is durable.
        if (_pending is not null && !ReferenceEquals(_pending, _stored.Value)) await _write.Completed();
        return decision.Result;
    }
}
