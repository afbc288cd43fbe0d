using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>Deposits, roots, claims, the ways out: <c>docs/protocol/escrow.md</c>.</summary>
public sealed class EscrowContract(Address address) : PayingContract(address)
{
    private static readonly AbiFunction s_deposit = AbiFunction.Parse("deposit(address operator, address payer, uint256 amount)");
    private static readonly AbiFunction s_postRoot = AbiFunction.Parse($"postRoot({AbiStructs.Root} last, {AbiStructs.Root} next)");
    private static readonly AbiFunction s_challenge = AbiFunction.Parse("challenge(address operator, uint32 account)");
    private static readonly AbiFunction s_answer = AbiFunction.Parse(
        $"answer(address operator, uint32 account, {AbiStructs.PayerProof} proof, {AbiSignedTypes.Authorization} authorization, "
        + "bytes signature)");
    private static readonly AbiFunction s_voidRoot = AbiFunction.Parse("voidRoot(address operator, uint32 account)");
    private static readonly AbiFunction s_reclaimFee = AbiFunction.Parse("reclaimFee(address operator, uint64 batch, uint32 account)");
    private static readonly AbiFunction s_finalizeRoot = AbiFunction.Parse("finalizeRoot(address operator)");
    private static readonly AbiFunction s_claim = AbiFunction.Parse(
        $"claim(address operator, address provider, {AbiStructs.ProviderProof} proof)");
    private static readonly AbiFunction s_collectFees = AbiFunction.Parse($"collectFees(address operator, {AbiStructs.Root} root)");
    private static readonly AbiFunction s_withdraw = AbiFunction.Parse(
        $"withdraw({AbiSignedTypes.Withdrawal} withdrawal, bytes signature, {AbiStructs.PayerProof} final_, "
        + $"{AbiStructs.PayerProof} pending)");
    private static readonly AbiFunction s_requestExit = AbiFunction.Parse("requestExit(address operator)");
    private static readonly AbiFunction s_completeExit = AbiFunction.Parse(
        $"completeExit(address operator, {AbiStructs.PayerProof} final_, {AbiStructs.PayerProof} pending)");
    private static readonly AbiFunction s_abandon = AbiFunction.Parse("abandon(address operator)");
    private static readonly AbiFunction s_revokeMandate = AbiFunction.Parse("revokeMandate(bytes32 mandate)");
    private static readonly AbiFunction s_raiseMandateNonce = AbiFunction.Parse("raiseMandateNonce()");
    private static readonly AbiFunction s_ledgerOf = AbiFunction.Parse(
        "ledgerOf(address operator) returns ((uint64 deposited, uint64 withdrawn, uint64 leasePaid, uint64 earnedPaid, uint64 feesPaid, "
        + "uint48 lastPostedAt, uint48 abandonedAt, uint32 accounts))");
    private static readonly AbiFunction s_accountOf = AbiFunction.Parse(
        "accountOf(address operator, address payer) returns ((uint64 deposited, uint64 withdrawn, uint64 leasePaid, "
        + "uint32 number, uint32 openClaims, "
        + "uint48 exitReadyAt, uint48 exitedAt))");
    private static readonly AbiFunction s_pendingOf = AbiFunction.Parse(
        "pendingOf(address operator) returns ((bytes32 commitment, uint64 credit, uint64 batch, uint48 postedAt, "
        + "uint32 openChallenges, uint32 accounts, bool open))");
    private static readonly AbiFunction s_challengeOf = AbiFunction.Parse(
        "challengeOf(address operator, uint64 batch, uint32 account) returns ((address challenger, uint48 answerBefore))");
    private static readonly AbiFunction s_finalRoot = AbiFunction.Parse("finalRoot(address operator) returns (bytes32)");
    private static readonly AbiFunction s_earnedPaid = AbiFunction.Parse(
        "earnedPaid(address operator, address provider) returns (uint256)");
    private static readonly AbiFunction s_mandateNonce = AbiFunction.Parse("mandateNonce(address payer) returns (uint256)");
    private static readonly AbiFunction s_mandateRevoked = AbiFunction.Parse(
        "mandateRevoked(address payer, bytes32 mandate) returns (bool)");
    private static readonly AbiFunction s_domainSeparator = AbiFunction.Parse("domainSeparator() returns (bytes32)");

    /// <summary>The caller pays; the Escrow must be allowed to take the amount.</summary>
    public ContractCall Deposit(Address @operator, Address payer, Money amount) => Call(s_deposit, @operator, payer, amount.ToAbi());

    /// <param name="last">The final root, or <see cref="SettlementRoot.None"/>.</param>
    public ContractCall PostRoot(SettlementRoot last, SettlementRoot next) => Call(s_postRoot, last.ToAbi(), next.ToAbi());

    /// <param name="account">The leaf's index: the account's number − 1.</param>
    public ContractCall Challenge(Address @operator, uint account) => Call(s_challenge, @operator, (ulong)account);

    /// <param name="authorization">Not looked at where nothing is charged or held, but something must stand there.</param>
    public ContractCall Answer(Address @operator, uint account, PayerProof proof, Signed<Authorization> authorization) =>
        Call(s_answer, @operator, (ulong)account, proof.ToAbi(), authorization.Value.ToAbi(), authorization.Signature.ToAbi());

    public ContractCall VoidRoot(Address @operator, uint account) => Call(s_voidRoot, @operator, (ulong)account);

    public ContractCall ReclaimFee(Address @operator, ulong batch, uint account) => Call(s_reclaimFee, @operator, batch, (ulong)account);

    public ContractCall FinalizeRoot(Address @operator) => Call(s_finalizeRoot, @operator);

    public ContractCall Claim(Address @operator, ProviderId provider, ProviderProof proof) =>
        Call(s_claim, @operator, provider.Value, proof.ToAbi());

    public ContractCall CollectFees(Address @operator, SettlementRoot root) => Call(s_collectFees, @operator, root.ToAbi());

    /// <param name="final">The payer's place under the final root; <see cref="PayerProof.None"/> where there is none.</param>
    /// <param name="pending">The one under the open root; <see cref="PayerProof.None"/> where none is open.</param>
    public ContractCall Withdraw(Signed<Withdrawal> withdrawal, PayerProof final, PayerProof pending) =>
        Call(s_withdraw, withdrawal.Value.ToAbi(), withdrawal.Signature.ToAbi(), final.ToAbi(), pending.ToAbi());

    public ContractCall RequestExit(Address @operator) => Call(s_requestExit, @operator);

    public ContractCall CompleteExit(Address @operator, PayerProof final, PayerProof pending) =>
        Call(s_completeExit, @operator, final.ToAbi(), pending.ToAbi());

    public ContractCall Abandon(Address @operator) => Call(s_abandon, @operator);

    public ContractCall RevokeMandate(Hash256 mandate) => Call(s_revokeMandate, mandate);

    public ContractCall RaiseMandateNonce() => Call(s_raiseMandateNonce);

    public ContractRead<EscrowLedger> LedgerOf(Address @operator) => Read(s_ledgerOf, EscrowLedger.Of, @operator);

    public ContractRead<EscrowAccount> AccountOf(Address @operator, Address payer) => Read(s_accountOf, EscrowAccount.Of, @operator, payer);

    public ContractRead<PendingRoot> PendingOf(Address @operator) => Read(s_pendingOf, PendingRoot.Of, @operator);

    public ContractRead<RootChallenge> ChallengeOf(Address @operator, ulong batch, uint account) =>
        Read(s_challengeOf, RootChallenge.Of, @operator, batch, (ulong)account);

    /// <summary>The final root's <see cref="SettlementRoot.Commitment"/>; zero where there is none.</summary>
    public ContractRead<Hash256> FinalRootOf(Address @operator) => Read(s_finalRoot, value => value.ToHash256(), @operator);

    /// <summary>Cumulative.</summary>
    public ContractRead<Money> EarnedPaid(Address @operator, ProviderId provider) =>
        Read(s_earnedPaid, value => value.ToMoney(), @operator, provider.Value);

    public ContractRead<ulong> MandateNonceOf(Address payer) => Read(s_mandateNonce, value => value.ToUInt64(), payer);

    public ContractRead<bool> IsMandateRevoked(Address payer, Hash256 mandate) =>
        Read(s_mandateRevoked, value => value.ToBool(), payer, mandate);

    /// <summary>Of the one EIP-712 domain of the grid.</summary>
    public ContractRead<Hash256> DomainSeparator() => Read(s_domainSeparator, value => value.ToHash256());
}
