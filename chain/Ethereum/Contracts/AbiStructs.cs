using System.Buffers.Binary;
using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Abi;
using Grid.Protocol.Eras;
using Grid.Protocol.Settlement;

namespace Grid.Chain.Ethereum.Contracts;

/// <summary>The contracts' structs: their types in signatures, and the protocol's values as they take them.</summary>
internal static class AbiStructs
{
    public const string Root =
        "(bytes32 payers, bytes32 providers, bytes32 leases, uint64 charged, uint64 held, uint64 earned, uint64 fees, "
        + "uint32 accounts, uint32 providerCount, uint32 leaseCount)";
    public const string PayerLeaf = "(address payer, uint64 charged, uint64 held, uint64 sequence, bytes32 authorization)";
    public const string PayerProof = $"({Root} root, {PayerLeaf} leaf, bytes path)";
    public const string ProviderProof = $"({Root} root, uint64 earned, uint32 index, bytes path)";
    public const string LeaseProof = $"({Root} root, uint64 charged, uint32 index, bytes32[] path)";
    public const string EraLeafProof =
        "((address provider, uint32 uptimePpm, uint8 tier, uint64 units, uint64 rewards) leaf, uint32 index, bytes32[] path)";

    // hash ‖ amount ‖ held
    private const int SumNodeBytes = Hash256.SizeBytes + 2 * sizeof(long);

    public static AbiValue ToAbi(this SettlementRoot root) => AbiValue.List(
        root.Payers,
        root.Providers,
        root.Leases,
        root.Charged.ToAbi(),
        root.Held.ToAbi(),
        root.Earned.ToAbi(),
        root.Fees.ToAbi(),
        (ulong)root.Accounts,
        (ulong)root.ProviderCount,
        (ulong)root.LeaseCount);

    public static SettlementRoot ToRoot(this AbiValue value) => new(
        value[0].ToHash256(),
        value[1].ToHash256(),
        value[2].ToHash256(),
        value[3].ToMoney(),
        value[4].ToMoney(),
        value[5].ToMoney(),
        value[6].ToMoney(),
        value[7].ToCount(),
        value[8].ToCount(),
        value[9].ToCount());

    public static AbiValue ToAbi(this PayerLeaf leaf) =>
        AbiValue.List(leaf.Payer, leaf.Charged.ToAbi(), leaf.Held.ToAbi(), leaf.Sequence, leaf.Authorization);

    public static PayerLeaf ToPayerLeaf(this AbiValue value) =>
        new(value[0].ToAddress(), value[1].ToMoney(), value[2].ToMoney(), value[3].ToUInt64(), value[4].ToHash256());

    public static AbiValue ToAbi(this PayerProof proof) => AbiValue.List(proof.Root.ToAbi(), proof.Leaf.ToAbi(), ToAbi(proof.Path));

    public static AbiValue ToAbi(this ProviderProof proof) =>
        AbiValue.List(proof.Root.ToAbi(), proof.Earned.ToAbi(), (ulong)proof.Index, ToAbi(proof.Path));

    public static AbiValue ToAbi(this LeaseProof proof) =>
        AbiValue.List(proof.Root.ToAbi(), proof.Charged.ToAbi(), (ulong)proof.Index, ToAbi(proof.Path));

    public static AbiValue ToAbi(this EraLeafProof proof) => AbiValue.List(
        AbiValue.List(
            proof.Leaf.Provider.Value, (ulong)proof.Leaf.UptimePpm, (int)proof.Leaf.Tier, proof.Leaf.Units, proof.Leaf.Rewards.ToAbi()),
        (ulong)proof.Index,
        ToAbi(proof.Path));

    private static AbiValue ToAbi(ImmutableArray<SumNode> path)
    {
        var bytes = new byte[path.Length * SumNodeBytes];
        for (var level = 0; level < path.Length; level++)
        {
            var node = bytes.AsSpan(level * SumNodeBytes, SumNodeBytes);
            path[level].Hash.CopyTo(node);
            BinaryPrimitives.WriteInt64BigEndian(node[Hash256.SizeBytes..], path[level].Amount.MicroUnits);
            BinaryPrimitives.WriteInt64BigEndian(node[(Hash256.SizeBytes + sizeof(long))..], path[level].Held.MicroUnits);
        }

        return bytes;
    }

    private static AbiValue ToAbi(ImmutableArray<Hash256> path) => AbiValue.List([.. path.Select(node => (AbiValue)node)]);
}
