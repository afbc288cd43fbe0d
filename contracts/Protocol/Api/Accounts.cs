using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/accounts/{id}</c>: a payer's deposit with this operator.</summary>
/// <param name="Held">For live leases and holds.</param>
/// <param name="Charged">For good.</param>
/// <param name="Available">Deposited + earned − held − charged.</param>
/// <param name="LastSequence">Of the payer's authorizations; the next one is this plus one.</param>
/// <param name="CumulativeMax">What the last authorization acknowledged.</param>
/// <param name="CommittedMax">Charged by ended deployments plus the maxima of live ones: the next authorization's cumulativeMax is this plus its own maxTotal.</param>
/// <param name="Earned">By leases at this account's own provider; part of what is available.</param>
public sealed record AccountStatus(
    Address Payer,
    Money Deposited,
    Money Held,
    Money Charged,
    Money Available,
    ulong LastSequence,
    Money CumulativeMax,
    Money CommittedMax,
    Money Earned = default);

/// <summary><c>POST /v1/accounts/{id}/fund</c>, on a grid without a chain.</summary>
public sealed record FundRequest(Signed<FundOrder> Order);
