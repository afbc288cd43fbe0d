using System.Buffers.Binary;
using System.Numerics;

namespace Grid.Chain.Ethereum.Rlp;

/// <summary>The byte that says what follows, and the length after it when that is 56 or more.</summary>
internal static class RlpPrefix
{
    public const byte ShortBytes = 0x80;
    public const byte ShortList = 0xc0;

    /// <summary>The longest content whose length stands in the prefix itself.</summary>
    public const int MaxShortLength = 55;

    public static int Length(int contentLength) => contentLength <= MaxShortLength ? 1 : 1 + LengthOfLength(contentLength);

    public static int Write(Span<byte> destination, int contentLength, byte kind)
    {
        if (contentLength <= MaxShortLength)
        {
            destination[0] = (byte)(kind + contentLength);
            return 1;
        }

        var lengthOfLength = LengthOfLength(contentLength);
        destination[0] = (byte)(kind + MaxShortLength + lengthOfLength);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, contentLength);
        length[^lengthOfLength..].CopyTo(destination[1..]);
        return 1 + lengthOfLength;
    }

    private static int LengthOfLength(int length) => sizeof(int) - BitOperations.LeadingZeroCount((uint)length) / 8;
}
