using System.Buffers.Binary;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

internal static class SomeLeaves
{
    /// <summary>Providers 100, 200, 300 and so on, as <c>EraWorld.sol</c> has them.</summary>
    public static EraLeaf[] Of(int count) => [.. Enumerable.Range(0, count).Select(i => new EraLeaf(Provider(100 * (i + 1)), 990_000, 4, (ulong)i, Money.FromTokens(i + 1)))];

    public static ProviderId Provider(long number)
    {
        var bytes = new byte[Address.SizeBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Address.SizeBytes - sizeof(long)), number);
        return new ProviderId(new Address(bytes));
    }
}
