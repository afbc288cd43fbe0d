using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

public enum CaseState : byte
{
    None,
    Proposed,
    Upheld,
    Dismissed,
    Executed,
}

/// <param name="DecidedAtUnixSeconds">When the appeal window ends.</param>
/// <param name="Amount">Held of the stake.</param>
/// <param name="Paid">What the tenant paid for the interval.</param>
public sealed record SlashingCase(
    ProviderId Provider,
    long DecidedAtUnixSeconds,
    FaultKind Kind,
    CaseState State,
    Address Tenant,
    Address Reporter,
    Money Amount,
    Money Paid,
    uint CompensationPpm,
    uint ReporterPpm,
    long FromUnixSeconds,
    long ToUnixSeconds);

/// <summary>An operator's <see cref="Seen"/>, for an appeal.</summary>
public sealed record SeenReceipt(Address Operator, long AtUnixSeconds, Signature Signature);

/// <summary>Evidence, appeal, execution: <c>docs/protocol/slashing.md</c>. A case's id is its fault's struct hash.</summary>
public sealed class SlashingCourtContract(Address address) : PayingContract(address)
{
    private static readonly AbiFunction s_propose = AbiFunction.Parse(
        $"propose({AbiSignedTypes.Fault} fault, bytes[] signatures) returns (bytes32)");
    private static readonly AbiFunction s_appeal = AbiFunction.Parse("appeal(bytes32 id, (uint64 seenAt, bytes signature)[] receipts)");
    private static readonly AbiFunction s_rule = AbiFunction.Parse("rule(bytes32 id, bool upheld)");
    private static readonly AbiFunction s_execute = AbiFunction.Parse("execute(bytes32 id)");
    private static readonly AbiFunction s_caseOf = AbiFunction.Parse(
        "caseOf(bytes32 id) returns ((address provider, uint48 decidedAt, uint8 kind, uint8 state, address tenant, "
        + "address reporter, uint128 amount, uint64 paid, "
        + "uint32 compensationPpm, uint32 reporterPpm, uint64 from, uint64 to))");
    private static readonly AbiFunction s_proposedUntil = AbiFunction.Parse(
        "proposedUntil(uint8 kind, address provider, bytes32 lease) returns (uint64)");

    /// <param name="votes">Of operators with a quorum of weight; at most 32. They are put in the order of the signers' addresses.</param>
    public ContractCall Propose(Fault fault, IEnumerable<OperatorVote> votes) => Call(s_propose, fault.ToAbi(), votes.Ascending());

    /// <param name="receipts">Of different operators with more than a third of the weight; at most 32. They are put in the order of the
    /// signers' addresses.</param>
    public ContractCall Appeal(Hash256 id, IEnumerable<SeenReceipt> receipts)
    {
        var ascending = receipts.OrderBy(receipt => receipt.Operator);
        var sorted = ascending.Select(receipt => AbiValue.List(receipt.AtUnixSeconds, receipt.Signature.ToAbi())).ToArray();
        return sorted.Length <= Limits.MaxOperatorVotes
            ? Call(s_appeal, id, AbiValue.List(sorted))
            : throw new ArgumentException(
                $"{sorted.Length} receipts; the court takes at most {Limits.MaxOperatorVotes}.", nameof(receipts));
    }

    /// <summary>By an arbiter, of kinds other than downtime.</summary>
    public ContractCall Rule(Hash256 id, bool isUpheld) => Call(s_rule, id, isUpheld);

    public ContractCall Execute(Hash256 id) => Call(s_execute, id);

    public ContractRead<SlashingCase> CaseOf(Hash256 id) => Read(s_caseOf, ToCase, id);

    /// <summary>Up to which unix second a fault of that kind in that lease has been put forward; 0: none.</summary>
    public ContractRead<long> ProposedUntil(FaultKind kind, ProviderId provider, LeaseId lease) =>
        Read(s_proposedUntil, value => value.ToSeconds(), (int)kind, provider.Value, lease.Value);

    private static SlashingCase ToCase(AbiValue value) => new(
        new ProviderId(value[0].ToAddress()),
        value[1].ToSeconds(),
        (FaultKind)value[2].ToCount(),
        (CaseState)value[3].ToCount(),
        value[4].ToAddress(),
        value[5].ToAddress(),
        value[6].ToMoney(),
        value[7].ToMoney(),
        value[8].ToCount(),
        value[9].ToCount(),
        value[10].ToSeconds(),
        value[11].ToSeconds());
}
