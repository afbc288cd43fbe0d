using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Chain.Ethereum.Contracts;

/// <param name="RootPrefix">The signed root's first 24 bytes, zeros behind; zero: nothing was committed.</param>
public sealed record CommittedEra(Hash256 RootPrefix, long CommittedAtUnixSeconds, uint Leaves)
{
    private const int PrefixBytes = 24;

    public bool IsCommitted => !RootPrefix.IsZero;

    /// <summary>Whether it is this root: a repeated commit of it counts as success.</summary>
    public bool Is(Hash256 root) =>
        IsCommitted && root.ToByteArray().AsSpan(0, PrefixBytes).SequenceEqual(RootPrefix.ToByteArray().AsSpan(0, PrefixBytes));

    internal static Hash256 PrefixOf(AbiValue bytes24)
    {
        Span<byte> word = stackalloc byte[Hash256.SizeBytes];
        word.Clear();
        bytes24.ToBytes().Span.CopyTo(word);
        return new Hash256(word);
    }
}

/// <summary>One root per era: <c>docs/protocol/eras.md</c>.</summary>
public sealed class AttestationLedgerContract(Address address) : GridContract(address)
{
    private static readonly AbiFunction s_commit = AbiFunction.Parse($"commit({AbiSignedTypes.EraRoot} vote, bytes[] signatures)");
    private static readonly AbiFunction s_reportEquivocation = AbiFunction.Parse(
        $"reportEquivocation(address operator, {AbiSignedTypes.EraRoot} first, bytes firstSignature, "
        + $"{AbiSignedTypes.EraRoot} second, bytes secondSignature)");
    private static readonly AbiFunction s_verify = AbiFunction.Parse($"verify(uint64 era, {AbiStructs.EraLeafProof} proof) returns (bool)");
    private static readonly AbiFunction s_verifyAbsent = AbiFunction.Parse(
        $"verifyAbsent(uint64 era, address provider, {AbiStructs.EraLeafProof} left, {AbiStructs.EraLeafProof} right) returns (bool)");
    private static readonly AbiFunction s_eraOf = AbiFunction.Parse(
        "eraOf(uint64 era) returns ((bytes24 root, uint32 committedAt, uint32 leaves))");
    private static readonly AbiFunction s_equivocated = AbiFunction.Parse("equivocated(uint64 era, address operator) returns (bool)");
    private static readonly AbiFunction s_currentEra = AbiFunction.Parse("currentEra() returns (uint64)");
    private static readonly AbiFunction s_endOf = AbiFunction.Parse("endOf(uint64 era) returns (uint256)");

    /// <param name="votes">Of operators with a quorum of weight; at most 32. They are put in the order of the signers' addresses.</param>
    public ContractCall Commit(EraRoot root, IEnumerable<OperatorVote> votes) => Call(s_commit, root.ToAbi(), votes.Ascending());

    public ContractCall ReportEquivocation(Address @operator, Signed<EraRoot> first, Signed<EraRoot> second) => Call(
        s_reportEquivocation, @operator, first.Value.ToAbi(), first.Signature.ToAbi(), second.Value.ToAbi(), second.Signature.ToAbi());

    public ContractRead<bool> Verify(ulong era, EraLeafProof proof) => Read(s_verify, value => value.ToBool(), era, proof.ToAbi());

    /// <summary>Before the first leaf <paramref name="left"/> is not looked at, after the last <paramref name="right"/> is not.</summary>
    public ContractRead<bool> VerifyAbsent(ulong era, ProviderId provider, EraLeafProof left, EraLeafProof right) =>
        Read(s_verifyAbsent, value => value.ToBool(), era, provider.Value, left.ToAbi(), right.ToAbi());

    public ContractRead<CommittedEra> EraOf(ulong era) =>
        Read(s_eraOf, value => new CommittedEra(CommittedEra.PrefixOf(value[0]), value[1].ToSeconds(), value[2].ToCount()), era);

    /// <summary>Whether an operator's two votes in that era were reported: it counts once.</summary>
    public ContractRead<bool> HasEquivocated(ulong era, Address @operator) => Read(s_equivocated, value => value.ToBool(), era, @operator);

    public ContractRead<ulong> CurrentEra() => Read(s_currentEra, value => value.ToUInt64());

    /// <summary>Unix seconds.</summary>
    public ContractRead<long> EndOf(ulong era) => Read(s_endOf, value => value.ToSeconds(), era);
}
