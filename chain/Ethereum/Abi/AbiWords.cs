using System.Buffers.Binary;

namespace Grid.Chain.Ethereum.Abi;

internal static class AbiWords
{
    /// <summary>Into the first word of <paramref name="destination"/>, which is zero.</summary>
    public static void Write(Span<byte> destination, int number) =>
        BinaryPrimitives.WriteInt32BigEndian(destination[(AbiType.WordBytes - sizeof(int))..], number);
}
