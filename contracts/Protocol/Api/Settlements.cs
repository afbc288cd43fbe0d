using Grid.Chain.Crypto;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>GET /v1/settlement</c>: what of this operator's charges is on the chain, and what is on its way.</summary>
/// <param name="OpenBatch">Zero where nothing is on its way.</param>
/// <param name="FinalBatch">Zero before the first.</param>
/// <param name="Fault">What people must look at; null where nothing is wrong.</param>
public sealed record SettlementInfo(ulong OpenBatch, SettlementRoot? OpenRoot, ulong FinalBatch, SettlementRoot? FinalRoot, string? Fault);

/// <summary>
/// <c>GET /v1/settlement/payers/{id}</c>. The payer keeps both: they need no operator to withdraw, to exit, or to show what was charged.
/// </summary>
/// <param name="Account">The leaf's index: the account's number − 1; null where no root has the account.</param>
/// <param name="Final">His place under the last root that is final for good; the root with an empty leaf where it is older than his
/// account.</param>
/// <param name="Open">The one under the root that is on its way.</param>
/// <param name="FinalAuthorization">His own, which covers that leaf: what would answer a challenge. Null where the leaf charges and holds
/// nothing.</param>
/// <param name="OpenAuthorization">The same of <paramref name="Open"/>.</param>
public sealed record PayerSettlement(
    uint? Account,
    PayerProof? Final,
    PayerProof? Open,
    Signed<Authorization>? FinalAuthorization = null,
    Signed<Authorization>? OpenAuthorization = null);

/// <summary><c>GET /v1/settlement/providers/{id}</c>.</summary>
public sealed record ProviderSettlement(ProviderProof? Final, ProviderProof? Open);

/// <summary><c>GET /v1/settlement/leases/{id}</c>, for its payer and its provider.</summary>
/// <param name="FinalPayer">The payer's place under the same root as <paramref name="Final"/>.</param>
public sealed record LeaseSettlement(LeaseProof? Final, PayerProof? FinalPayer, LeaseProof? Open, PayerProof? OpenPayer);

/// <summary><c>POST /v1/accounts/{id}/withdraw</c>: lets go of deposit that nothing needs.</summary>
public sealed record WithdrawRequest(Money Amount);

/// <param name="Withdrawal">Signed by the operator; good once, until its expiry.</param>
public sealed record WithdrawResponse(Signed<Withdrawal> Withdrawal, PayerSettlement Settlement);

/// <summary><c>GET /v1/chain</c>: how far this silo is with its chain.</summary>
/// <param name="HeadBlock">As last seen; null before the first look.</param>
/// <param name="FinalBlock">The last that no reorg takes back.</param>
/// <param name="FollowedTo">The last block whose events were taken.</param>
/// <param name="BehindBlocks">Final blocks whose events are still to be taken.</param>
/// <param name="Fault">Why the last look went wrong; null where it did not.</param>
/// <param name="Transactions">The operator's latest since the silo started, oldest first.</param>
public sealed record ChainInfo(
    long ChainId,
    Address Escrow,
    ulong? HeadBlock,
    ulong? FinalBlock,
    ulong FollowedTo,
    ulong BehindBlocks,
    DateTimeOffset? LookedAt,
    string? Fault,
    IReadOnlyList<ChainTransaction> Transactions);

/// <param name="Hash">Null before it is mined.</param>
/// <param name="Outcome"><c>waiting</c>, <c>mined</c>, <c>succeeded</c>, <c>reverted</c>, <c>refused</c> or <c>displaced</c>.</param>
/// <param name="Problem">Why it does not move; empty where it does.</param>
public sealed record ChainTransaction(string Name, Hash256? Hash, ulong? GasUsed, string Outcome, string Problem);
