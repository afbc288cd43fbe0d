using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>What a provider kept of a lease.</summary>
/// <param name="Authorization">By the payer.</param>
/// <param name="Opening">By the operator.</param>
/// <param name="PaidThrough">By the operator.</param>
/// <param name="Receipt">By the provider.</param>
public sealed record LeaseEvidence(
    Signed<Authorization> Authorization, Signed<Opening> Opening, Signed<PaidThrough> PaidThrough, Signed<Receipt> Receipt);

/// <param name="AnswerBeforeUnixSeconds">0: there is no claim for that lease.</param>
/// <param name="Settled">What the final root had charged for the lease already.</param>
public sealed record LeaseClaim(
    Address Operator,
    Address Payer,
    ProviderId Provider,
    long AnswerBeforeUnixSeconds,
    Money Amount,
    Money Settled,
    long UsedSeconds,
    bool IsPaid);

/// <summary>Claims without the operator: <c>docs/protocol/escrow.md</c>.</summary>
public sealed class LeaseClaimsContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_claimByLease = AbiFunction.Parse(
        $"claimByLease(({AbiSignedTypes.Authorization} authorization, bytes payerSignature, {AbiSignedTypes.Opening} opening, "
        + "bytes openingSignature, "
        + $"{AbiSignedTypes.PaidThrough} paidThrough, bytes paidThroughSignature, {AbiSignedTypes.Receipt} receipt, "
        + "bytes receiptSignature) evidence)");
    private static readonly AbiFunction s_lowerByClose = AbiFunction.Parse($"lowerByClose({AbiSignedTypes.Close} close, bytes signature)");
    private static readonly AbiFunction s_lowerByReceipt = AbiFunction.Parse(
        $"lowerByReceipt({AbiSignedTypes.Receipt} receipt, bytes signature)");
    private static readonly AbiFunction s_lowerBySettled = AbiFunction.Parse(
        $"lowerBySettled(bytes32 lease, {AbiStructs.LeaseProof} proof)");
    private static readonly AbiFunction s_payClaim = AbiFunction.Parse($"payClaim(bytes32 lease, {AbiStructs.PayerProof} proof)");
    private static readonly AbiFunction s_claimOf = AbiFunction.Parse(
        "claimOf(bytes32 lease) returns ((address operator, address payer, address provider, uint48 answerBefore, uint64 amount, "
        + "uint64 settled, "
        + "uint64 usedSeconds, uint64 ratePerHour, uint32 feePpm, bool paid, bytes32 authorization, uint64 maxTotal, "
        + "uint64 cumulativeMax))");

    /// <summary>Once per lease, by anyone, for the provider; the operator must be abandoned.</summary>
    public ContractCall ClaimByLease(LeaseEvidence evidence) => Call(
        s_claimByLease,
        AbiValue.List(
            evidence.Authorization.Value.ToAbi(),
            evidence.Authorization.Signature.ToAbi(),
            evidence.Opening.Value.ToAbi(),
            evidence.Opening.Signature.ToAbi(),
            evidence.PaidThrough.Value.ToAbi(),
            evidence.PaidThrough.Signature.ToAbi(),
            evidence.Receipt.Value.ToAbi(),
            evidence.Receipt.Signature.ToAbi()));

    public ContractCall LowerByClose(Signed<Close> close) => Call(s_lowerByClose, close.Value.ToAbi(), close.Signature.ToAbi());

    public ContractCall LowerByReceipt(Signed<Receipt> receipt) => Call(s_lowerByReceipt, receipt.Value.ToAbi(), receipt.Signature.ToAbi());

    public ContractCall LowerBySettled(LeaseId lease, LeaseProof proof) => Call(s_lowerBySettled, lease.Value, proof.ToAbi());

    /// <param name="payer">The payer's place under the final root.</param>
    public ContractCall PayClaim(LeaseId lease, PayerProof payer) => Call(s_payClaim, lease.Value, payer.ToAbi());

    public ContractRead<LeaseClaim> ClaimOf(LeaseId lease) => Read(s_claimOf, ToClaim, lease.Value);

    private static LeaseClaim ToClaim(AbiValue value) => new(
        value[0].ToAddress(),
        value[1].ToAddress(),
        new ProviderId(value[2].ToAddress()),
        value[3].ToSeconds(),
        value[4].ToMoney(),
        value[5].ToMoney(),
        value[6].ToSeconds(),
        value[9].ToBool());
}
