using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grid.Matching;

/// <summary>A number for each of the 64 listings of a word.</summary>
internal struct WordOfInts
{
    public Vector512<int> First, Second, Third, Fourth;

    /// <summary>Adds factor times weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref ushort factors, Vector512<int> weight)
    {
        First += Lanes.Sixteen(ref factors, 0).AsInt32() * weight;
        Second += Lanes.Sixteen(ref factors, 16).AsInt32() * weight;
        Third += Lanes.Sixteen(ref factors, 32).AsInt32() * weight;
        Fourth += Lanes.Sixteen(ref factors, 48).AsInt32() * weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong AtMost(Vector512<int> most) =>
        Vector512.LessThanOrEqual(First, most).ExtractMostSignificantBits()
        | Vector512.LessThanOrEqual(Second, most).ExtractMostSignificantBits() << 16
        | Vector512.LessThanOrEqual(Third, most).ExtractMostSignificantBits() << 32
        | Vector512.LessThanOrEqual(Fourth, most).ExtractMostSignificantBits() << 48;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong AtLeast(Vector512<int> least) =>
        Vector512.GreaterThanOrEqual(First, least).ExtractMostSignificantBits()
        | Vector512.GreaterThanOrEqual(Second, least).ExtractMostSignificantBits() << 16
        | Vector512.GreaterThanOrEqual(Third, least).ExtractMostSignificantBits() << 32
        | Vector512.GreaterThanOrEqual(Fourth, least).ExtractMostSignificantBits() << 48;

    public readonly void CopyTo(int[] numbers)
    {
        First.CopyTo(numbers, 0);
        Second.CopyTo(numbers, 16);
        Third.CopyTo(numbers, 32);
        Fourth.CopyTo(numbers, 48);
    }
}
