using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/accounts/{id}</c>: a payer's deposit with this operator.</summary>
/// <param name="Held">For live leases and holds.</param>
/// <param name="Charged">For good.</param>
/// <param name="Available">Deposited + earned − held − charged − reserved.</param>
/// <param name="LastSequence">Of the payer's authorizations; the next one is this plus one.</param>
/// <param name="CumulativeMax">What the last authorization acknowledged.</param>
/// <param name="CommittedMax">Charged by ended deployments plus the maxima of live ones: the next authorization's cumulativeMax is this plus its own maxTotal.</param>
/// <param name="Earned">By leases at this account's own provider; part of what is available.</param>
/// <param name="Reserved">For a withdrawal that the operator has signed and nobody has taken yet.</param>
/// <param name="Exit">Null where none runs.</param>
public sealed record AccountStatus(
    Address Payer,
    Money Deposited,
    Money Held,
    Money Charged,
    Money Available,
    ulong LastSequence,
    Money CumulativeMax,
    Money CommittedMax,
    Money Earned = default,
    Money Reserved = default,
    RunningExit? Exit = null);

/// <summary>A payer's exit from the escrow, as it is final on the chain. Nothing is held for him any more; what runs ends at its
/// paidThrough.</summary>
/// <param name="AtMost">What it pays by what is charged now: leases that still run charge more, roots may yet have to.</param>
/// <param name="ReadyAtUnixSeconds">From when it may be completed.</param>
public sealed record RunningExit(Money AtMost, long ReadyAtUnixSeconds);

/// <summary><c>POST /v1/accounts/{id}/fund</c>, on a grid without a chain.</summary>
public sealed record FundRequest(Signed<FundOrder> Order);
