using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Grid.Runtime;

/// <summary>xxHash32 of a text's UTF-8 bytes, seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).</summary>
internal static class StableHash
{
    private const uint Prime1 = 2654435761, Prime2 = 2246822519, Prime3 = 3266489917, Prime4 = 668265263, Prime5 = 374761393;
    private const int StripeBytes = 16;

    public static uint Compute(string text) => Compute(Encoding.UTF8.GetBytes(text));

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var rest = data;
        var hash = data.Length < StripeBytes ? Prime5 : Stripes(ref rest);
        hash += (uint)data.Length;
        for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
            hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime3), 17) * Prime4;
        foreach (var b in rest)
            hash = BitOperations.RotateLeft(hash + (b * Prime5), 11) * Prime1;
        return Avalanche(hash);
    }

    private static uint Stripes(ref ReadOnlySpan<byte> rest)
    {
        uint a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
        for (; rest.Length >= StripeBytes; rest = rest[StripeBytes..])
        {
            a = Round(a, rest);
            b = Round(b, rest[4..]);
            c = Round(c, rest[8..]);
            d = Round(d, rest[12..]);
        }

        return BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
    }

    private static uint Round(uint lane, ReadOnlySpan<byte> input) =>
        BitOperations.RotateLeft(lane + (BinaryPrimitives.ReadUInt32LittleEndian(input) * Prime2), 13) * Prime1;

    private static uint Avalanche(uint hash)
    {
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }
}
