using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Rlp;

namespace Grid.Chain.Ethereum.Transactions;

/// <summary>One account of an access list (EIP-2930) with the storage slots that will be touched.</summary>
public sealed record AccessedAccount(Address Account, ImmutableArray<Hash256> Slots)
{
    internal RlpItem ToRlp() => RlpItem.List(RlpItem.Of(Account), RlpItem.List([.. Slots.Select(slot => RlpItem.Of(slot.ToByteArray()))]));

    internal static ImmutableArray<AccessedAccount> ReadList(RlpItem item) =>
        item is RlpList list ? [.. list.Items.Select(Read)] : throw new RlpException("accessList is a string of bytes; expected a list.");

    private static AccessedAccount Read(RlpItem item)
    {
        var fields = new RlpFields("accessList's entry", item, 2);
        var account = fields.Address("accessList.address");
        if (fields.Next() is not RlpList slots) throw new RlpException("accessList.storageKeys is a string of bytes; expected a list.");
        var words = new RlpFields("accessList.storageKeys", slots, slots.Items.Count);
        return new AccessedAccount(account, [.. slots.Items.Select(_ => words.Word("accessList.storageKeys"))]);
    }
}
