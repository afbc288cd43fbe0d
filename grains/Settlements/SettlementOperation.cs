using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Settlements;

/// <summary>The ids of settlement's transactions: the same for the same wish, whoever asks and how often.</summary>
internal static class SettlementOperation
{
    public static Hash256 Post(ulong batch) => Id("grid.settlement.post"u8, batch, 0);

    public static Hash256 Answer(ulong posting, uint account) => Id("grid.settlement.answer"u8, posting, account);

    public static Hash256 FinalizeRoot(ulong posting) => Id("grid.settlement.finalize"u8, posting, 0);

    public static Hash256 CollectFees(ulong batch) => Id("grid.settlement.fees"u8, batch, 0);

    private static Hash256 Id(ReadOnlySpan<byte> kind, ulong first, ulong second)
    {
        Span<byte> numbers = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(numbers, first);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[sizeof(ulong)..], second);
        return Keccak256.Hash(kind, numbers);
    }
}
