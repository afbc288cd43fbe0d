using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Accounts;

/// <summary>A payer's deposit with this operator, minus what is held, paid and burned. Key: the payer's address.</summary>
[Alias("Grid.Accounts.IAccountGrain")]
public interface IAccountGrain : ISweptGrain
{
    /// <summary>Takes the payer's next authorization. Idempotent by the authorization's hash.</summary>
    [Alias("Authorize")]
    Task<AuthorizeResult> Authorize(Signed<Authorization> authorization);

    /// <summary>
    /// Holds money for a lease, cumulatively over its whole life. Idempotent: asking for less than is held changes nothing.
    /// </summary>
    [Alias("Hold")]
    Task<HoldMoneyResult> Hold(MoneyHold hold);

    /// <summary>Frees the hold of a lease that never opened. Idempotent.</summary>
    [Alias("Release")]
    Task Release(LeaseId lease);

    /// <summary>Charges a closed lease and frees the rest of its hold. Idempotent by the lease's id until <see cref="Forget"/>.</summary>
    [Alias("Settle")]
    Task<Settlement> Settle(LeaseCharge charge);

    /// <summary>Books what a lease earned this account's owner. Idempotent by the lease's id until <see cref="Forget"/>.</summary>
    [Alias("Credit")]
    Task Credit(LeaseId lease, Money amount);

    /// <summary>The lease has stored its settlement: its entry is no longer needed to answer a repeat.</summary>
    [Alias("Forget")]
    Task Forget(LeaseId lease);

    /// <summary>Nothing more of this deployment will be held: its maximum no longer counts.</summary>
    [Alias("EndAuthorization")]
    Task EndAuthorization(DeploymentId deployment);

    /// <summary>
    /// Sets money aside for a withdrawal from the escrow, until it is taken or the signature over it has expired. Repeated while it is
    /// open: the same promise.
    /// </summary>
    [Alias("Withdraw")]
    Task<WithdrawResult> Withdraw(Money amount, long expiryUnixSeconds);

    /// <summary>What a settlement must know of the account.</summary>
    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetStatement")]
    Task<AccountStatement> GetStatement();

    /// <summary>Reads the deposit from the ledger again.</summary>
    [Alias("Refresh")]
    Task<AccountView> Refresh();

    /// <summary>The payer's live deployments, and the latest that are over.</summary>
    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("ListDeployments")]
    Task<ImmutableArray<DeploymentId>> ListDeployments();

    // A pure read of acknowledged state.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<AccountView> GetView();
}

[GenerateSerializer, Alias("Grid.Accounts.AuthorizeResult")]
public sealed record AuthorizeResult(bool IsAccepted, string? Refusal);

/// <param name="WantedTotal">Cumulative over the lease's whole life.</param>
/// <param name="MinimumTotal">Less than this is refused; between the two, as much as there is is granted.</param>
/// <param name="IsOpen">The lease is open: it settles its hold itself.</param>
[GenerateSerializer, Alias("Grid.Accounts.MoneyHold")]
public sealed record MoneyHold(LeaseId Lease, DeploymentId Deployment, Money WantedTotal, Money MinimumTotal, bool IsOpen = false);

/// <param name="GrantedTotal">Cumulative over the lease's whole life; zero where refused.</param>
[GenerateSerializer, Alias("Grid.Accounts.HoldMoneyResult")]
public sealed record HoldMoneyResult(Money GrantedTotal, string? Refusal);

[GenerateSerializer, Alias("Grid.Accounts.LeaseCharge")]
public sealed record LeaseCharge(LeaseId Lease, DeploymentId Deployment, Money Charged, int FeePpm);

/// <param name="Paid">The provider's part.</param>
/// <param name="Burned">The fee, rounded down, so that rounding favours the provider.</param>
[GenerateSerializer, Alias("Grid.Accounts.Settlement")]
public sealed record Settlement(LeaseId Lease, Money Paid, Money Burned);

/// <param name="Withdrawn">What the operator may sign: cumulative, as it will be afterwards. Zero where refused.</param>
[GenerateSerializer, Alias("Grid.Accounts.WithdrawResult")]
public sealed record WithdrawResult(Money Amount, Money Withdrawn, long ExpiryUnixSeconds, string? Refusal);

/// <param name="Authorization">The payer's latest; null where he has signed none.</param>
/// <param name="Holds">Cumulative over each lease's whole life.</param>
/// <param name="Reserved">For a withdrawal that may be taken any time.</param>
[GenerateSerializer, Alias("Grid.Accounts.AccountStatement")]
public sealed record AccountStatement(
    Signed<Authorization>? Authorization,
    ImmutableSortedDictionary<LeaseId, Money> Holds,
    Money Reserved,
    bool IsLeaving);

/// <param name="Reserved">For a withdrawal from the escrow.</param>
/// <param name="IsLeaving">The payer's exit from the escrow runs.</param>
/// <param name="NextSequence">What the payer's next authorization must carry.</param>
/// <param name="AuthorizedOpen">The sum of the unspent maxima of live deployments.</param>
[GenerateSerializer, Alias("Grid.Accounts.AccountView")]
public sealed record AccountView(
    Money Deposited,
    Money Earned,
    Money Available,
    Money Held,
    Money Paid,
    Money Burned,
    Money AuthorizedOpen,
    ulong NextSequence,
    Money Reserved = default,
    bool IsLeaving = false,
    long ExitReadyUnixSeconds = 0);
