using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Accounts;

/// <summary>The rules of a payer's money: pure transitions over <see cref="AccountState"/>.</summary>
public static class Account
{
    /// <summary>Takes an authorization whose signature has been checked.</summary>
    /// <param name="digest">The authorization's EIP-712 digest: the id of a new deployment.</param>
    public static Decision<AccountState, AuthorizeResult> Authorize(AccountState state, Authorization authorization, Hash256 digest)
    {
        var deployment = authorization.Deployment.IsZero ? new DeploymentId(digest) : new DeploymentId(authorization.Deployment);
        if (state.Authorizations.TryGetValue(deployment, out var known) && known.Authorization == digest) return new(state, new AuthorizeResult(true, null));
        if (digest == state.LastAuthorization) return new(state, new AuthorizeResult(true, null));
        if (known is { HasEnded: true }) return Refuse(state, $"deployment {deployment} has ended: submit a new one.");
        if (authorization.Sequence != state.LastSequence + 1)
            return Refuse(state, $"sequence is {authorization.Sequence}, expected {state.LastSequence + 1}: read the account and sign again.");
        if (state.Authorizations.Count >= Limits.LiveDeployments && known is null)
            return Refuse(state, $"{Limits.LiveDeployments} deployments are live already: close some first.");

        var charged = known?.Charged ?? Money.Zero;
        var promised = charged + HeldBy(state, deployment);
        var live = new LiveAuthorization(digest, authorization.MaxTotal, charged);
        var after = state with { Authorizations = state.Authorizations.SetItem(deployment, live) };
        var atMost = after.Paid + after.Burned + after.AuthorizedOpen;
        if (authorization.MaxTotal < promised) return Refuse(state, $"maxTotal is {authorization.MaxTotal}, but {promised} has been charged or is held already.");
        if (atMost > authorization.CumulativeMax)
            return Refuse(state, $"cumulativeMax is {authorization.CumulativeMax}, expected at least {atMost}: what is charged so far and the maxima of the live deployments.");

        return Accept(after with { LastSequence = authorization.Sequence, LastAuthorization = digest }, new AuthorizeResult(true, null));
    }

    /// <summary>Grants as much of the wanted total as the deposit and the deployment's maximum allow, at least the minimum.</summary>
    public static Decision<AccountState, HoldMoneyResult> Hold(AccountState state, MoneyHold hold, DateTimeOffset now)
    {
        if (state.Settled.ContainsKey(hold.Lease)) return RefuseHold(state, "the lease is settled.");
        if (!state.Authorizations.TryGetValue(hold.Deployment, out var live) || live.HasEnded) return RefuseHold(state, "no live authorization covers the deployment.");

        var current = state.Holds.GetValueOrDefault(hold.Lease);
        var held = current?.Total ?? Money.Zero;
        if (hold.WantedTotal <= held) return new(state, new HoldMoneyResult(held, null));
        if (current is null && state.Holds.Count >= Limits.OpenHolds) return RefuseHold(state, $"{Limits.OpenHolds} leases are open already.");

        if (state.IsLeaving) return RefuseHold(state, "the payer's exit from the escrow runs.");
        var room = Money.Min(state.Available, live.Unspent - HeldBy(state, hold.Deployment));
        var granted = Money.Min(hold.WantedTotal, held + Money.Max(room, Money.Zero));
        if (granted < hold.MinimumTotal || granted == Money.Zero)
            return RefuseHold(state, $"{hold.MinimumTotal} is needed at least, {granted} can be held: deposit more or raise maxTotal.");

        if (granted == held) return new(state, new HoldMoneyResult(held, null));
        var entry = new LeaseHold(
            hold.Deployment, granted, current?.HeldAt ?? now, IsExtended: hold.IsOpen || current is { IsExtended: true });
        return Accept(state with { Holds = state.Holds.SetItem(hold.Lease, entry) }, new HoldMoneyResult(granted, null));
    }

    /// <summary>Frees the hold of a lease that never opened.</summary>
    public static Decision<AccountState, bool> Release(AccountState state, LeaseId lease) => state.Holds.TryGetValue(lease, out var hold)
        ? Accept(WithoutEnded(state with { Holds = state.Holds.Remove(lease) }, hold.Deployment), true)
        : new(state, false);

    /// <summary>Pays a closed lease out of its hold and frees the rest.</summary>
    public static Decision<AccountState, Settlement> Settle(AccountState state, LeaseCharge charge)
    {
        if (state.Settled.TryGetValue(charge.Lease, out var before)) return new(state, before);

        var held = state.Holds.GetValueOrDefault(charge.Lease)?.Total ?? Money.Zero;
        Invariant.That(!charge.Charged.IsNegative && charge.Charged <= held, "INV-MONEY-02", $"lease {charge.Lease} charges {charge.Charged} of {held} held");

        var burned = Fee.RoundedDown(charge.Charged, charge.FeePpm);
        var settlement = new Settlement(charge.Lease, charge.Charged - burned, burned);
        var live = state.Authorizations.GetValueOrDefault(charge.Deployment);
        var after = state with
        {
            Holds = state.Holds.Remove(charge.Lease),
            Settled = state.Settled.SetItem(charge.Lease, settlement),
            Paid = state.Paid + settlement.Paid,
            Burned = state.Burned + burned,
            Authorizations = live is null
                ? state.Authorizations
                : state.Authorizations.SetItem(charge.Deployment, live with { Charged = live.Charged + charge.Charged }),
        };
        return Accept(WithoutEnded(after, charge.Deployment), settlement);
    }

    public static Decision<AccountState, bool> Credit(AccountState state, LeaseId lease, Money amount)
    {
        if (state.Credited.ContainsKey(lease)) return new(state, false);
        return Accept(state with { Credited = state.Credited.SetItem(lease, amount), Earned = state.Earned + amount }, true);
    }

    public static Decision<AccountState, bool> Forget(AccountState state, LeaseId lease)
    {
        if (!state.Settled.ContainsKey(lease) && !state.Credited.ContainsKey(lease)) return new(state, false);
        return Accept(state with { Settled = state.Settled.Remove(lease), Credited = state.Credited.Remove(lease) }, true);
    }

    /// <summary>Nothing more is held for the deployment; what its last leases still hold keeps the authorization until they settle.</summary>
    public static Decision<AccountState, bool> EndAuthorization(AccountState state, DeploymentId deployment)
    {
        if (!state.Authorizations.TryGetValue(deployment, out var live) || live.HasEnded) return new(state, false);
        var ending = state with { Authorizations = state.Authorizations.SetItem(deployment, live with { HasEnded = true }) };
        return Accept(WithoutEnded(ending, deployment), true);
    }

    /// <summary>Mirrors the ledger. A deposit never shrinks below what is spent or promised.</summary>
    public static Decision<AccountState, bool> Deposit(AccountState state, Money deposited)
    {
        if (deposited == state.Deposited) return new(state, false);
        return Accept(state with { Deposited = deposited }, true);
    }

    public static AccountView View(AccountState state) => new(
        state.Deposited, state.Earned, state.Available, state.Held, state.Paid, state.Burned, state.AuthorizedOpen, state.LastSequence + 1,
        state.Reserved, state.IsLeaving, state.ExitReadyUnixSeconds);

    private static Money HeldBy(AccountState state, DeploymentId deployment) =>
        state.Holds.Values.Where(hold => hold.Deployment == deployment).Aggregate(Money.Zero, static (sum, hold) => sum + hold.Total);

    private static AccountState WithoutEnded(AccountState state, DeploymentId deployment)
    {
        var hasEnded = state.Authorizations.GetValueOrDefault(deployment) is { HasEnded: true };
        if (!hasEnded || state.Holds.Values.Any(hold => hold.Deployment == deployment)) return state;
        var ended = state.Ended.Length < Limits.EndedDeployments ? state.Ended : state.Ended.RemoveAt(0);
        return state with { Authorizations = state.Authorizations.Remove(deployment), Ended = ended.Add(deployment) };
    }

    internal static Decision<AccountState, TResult> Accept<TResult>(AccountState state, TResult result)
    {
        Invariant.That(!state.Available.IsNegative, "INV-MONEY-01", $"available is {state.Available}");
        return new Decision<AccountState, TResult>(state, result, HasChanged: true);
    }

    private static Decision<AccountState, AuthorizeResult> Refuse(AccountState state, string why) => new(state, new AuthorizeResult(false, why));

    private static Decision<AccountState, HoldMoneyResult> RefuseHold(AccountState state, string why) => new(state, new HoldMoneyResult(Money.Zero, why));
}
