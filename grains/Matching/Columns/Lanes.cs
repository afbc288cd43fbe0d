using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grid.Matching;

/// <summary>One question of the 64 cells of a word at once; the answer has a bit for each.</summary>
internal static class Lanes
{
    private const int Half = 32;

    public static ulong AtLeast(ref ushort word, ushort code)
    {
        var least = Vector512.Create(code);
        return Bits(Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref word), least), Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref word, Half), least));
    }

    public static ulong Equal(ref ushort word, ushort code)
    {
        var same = Vector512.Create(code);
        return Bits(Vector512.Equals(Vector512.LoadUnsafe(ref word), same), Vector512.Equals(Vector512.LoadUnsafe(ref word, Half), same));
    }

    public static ulong HasAny(ref ushort word, ushort traits)
    {
        var wanted = Vector512.Create(traits);
        var none = Vector512<ushort>.Zero;
        return ~Bits(Vector512.Equals(Vector512.LoadUnsafe(ref word) & wanted, none), Vector512.Equals(Vector512.LoadUnsafe(ref word, Half) & wanted, none));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<ushort> First, Vector512<ushort> Last) All(ref ushort word) => (Vector512.LoadUnsafe(ref word), Vector512.LoadUnsafe(ref word, Half));

    /// <summary>Sixteen cells from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Sixteen(ref ushort word, int first) => Vector512.WidenLower(Vector256.LoadUnsafe(ref word, (nuint)first).ToVector512Unsafe());

    /// <summary>Each lane by its own count; 32 and more give zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRight(Vector512<uint> value, Vector512<uint> count)
    {
        if (Avx512F.IsSupported) return Avx512F.ShiftRightLogicalVariable(value, count);
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.ShiftRightLogicalVariable(value.GetLower(), count.GetLower()),
                Avx2.ShiftRightLogicalVariable(value.GetUpper(), count.GetUpper()));
        }

        var shifted = Vector512<uint>.Zero;
        for (var lane = 0; lane < Vector512<uint>.Count; lane++)
        {
            var by = count.GetElement(lane);
            shifted = shifted.WithElement(lane, by > 31 ? 0 : value.GetElement(lane) >> (int)by);
        }

        return shifted;
    }

    /// <summary>Asks for a word's cells ahead of their time; a hint that changes nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void CallNear(ref ushort word)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(Unsafe.AsPointer(ref word));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref word, Half)));
    }

    /// <summary>Takes the lowest bit off and says which it was.</summary>
    public static int TakeLowest(ref ulong bits)
    {
        var lowest = BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return lowest;
    }

    private static ulong Bits(Vector512<ushort> lower, Vector512<ushort> upper) =>
        lower.ExtractMostSignificantBits() | upper.ExtractMostSignificantBits() << Half;
}
