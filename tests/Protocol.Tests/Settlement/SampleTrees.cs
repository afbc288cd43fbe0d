using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;

namespace Grid.Tests.Protocol.Settlement;

internal static class SampleTrees
{
    /// <summary>As the vectors were made: the figures rise with the index.</summary>
    public static SettlementTrees Of(int count) => new(
        [.. Enumerable.Range(0, count).Select(Payer)],
        [.. Enumerable.Range(0, count).Select(Provider)],
        [.. Enumerable.Range(0, count).Select(Lease)]);

    public static Address Address(int number) => Grid.Chain.Crypto.Address.Parse($"0x{number:x40}");

    public static Address ProviderAt(uint index) => Address(2000 + (int)index);

    public static LeaseId LeaseAt(uint index) => new(Word(3000 + (int)index));

    public static Hash256 Word(int number) => Hash256.Parse($"0x{number:x64}");

    private static PayerLeaf Payer(int i) =>
        new(Address(1000 + i), new Money(10_000_000 + i), new Money(500 * i), (ulong)(7 + i), Word(0x1234 + i));

    private static ProviderLeaf Provider(int i) => new(ProviderAt((uint)i), new Money(9_000_000 + i));

    private static LeaseLeaf Lease(int i) => new(LeaseAt((uint)i), new Money(4_000_000 + i));
}
