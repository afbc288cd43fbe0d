using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>Keccak-f[1600], 24 rounds (FIPS 202, section 3), over one message's state or several side by side.</summary>
internal static class KeccakPermutation<TWord, TOperations>
    where TOperations : struct, IKeccakOperations<TWord>
{
    /// <param name="words">The state, 25 words, and 25 more to work in.</param>
    public static void Apply(Span<TWord> words)
    {
        ref var state = ref words[0];
        ref var work = ref words[KeccakPermutation.Words];
        var constants = KeccakPermutation.RoundConstants;
        for (var round = 0; round < constants.Length; round += 2)
        {
            Round(ref state, ref work, constants[round]);
            Round(ref work, ref state, constants[round + 1]);
        }
    }

    /// <summary>θ, then ρ, π and χ row by row, then ι.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref TWord from, ref TWord to, ulong constant)
    {
        var (c0, c1, c2, c3, c4) = (Column(ref from, 0), Column(ref from, 1), Column(ref from, 2), Column(ref from, 3), Column(ref from, 4));
        var d0 = TOperations.Xor(c4, TOperations.RotateLeft(c1, 1));
        var d1 = TOperations.Xor(c0, TOperations.RotateLeft(c2, 1));
        var d2 = TOperations.Xor(c1, TOperations.RotateLeft(c3, 1));
        var d3 = TOperations.Xor(c2, TOperations.RotateLeft(c4, 1));
        var d4 = TOperations.Xor(c3, TOperations.RotateLeft(c0, 1));

        Row(ref to, 0, TOperations.Xor(from, d0), Moved(ref from, 6, d1, 44), Moved(ref from, 12, d2, 43), Moved(ref from, 18, d3, 21), Moved(ref from, 24, d4, 14));
        to = TOperations.Xor(to, TOperations.Repeat(constant));
        Row(ref to, 5, Moved(ref from, 3, d3, 28), Moved(ref from, 9, d4, 20), Moved(ref from, 10, d0, 3), Moved(ref from, 16, d1, 45), Moved(ref from, 22, d2, 61));
        Row(ref to, 10, Moved(ref from, 1, d1, 1), Moved(ref from, 7, d2, 6), Moved(ref from, 13, d3, 25), Moved(ref from, 19, d4, 8), Moved(ref from, 20, d0, 18));
        Row(ref to, 15, Moved(ref from, 4, d4, 27), Moved(ref from, 5, d0, 36), Moved(ref from, 11, d1, 10), Moved(ref from, 17, d2, 15), Moved(ref from, 23, d3, 56));
        Row(ref to, 20, Moved(ref from, 2, d2, 62), Moved(ref from, 8, d3, 55), Moved(ref from, 14, d4, 39), Moved(ref from, 15, d0, 41), Moved(ref from, 21, d1, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord Column(ref TWord from, int x) => TOperations.Xor(
        TOperations.Xor(Unsafe.Add(ref from, x), Unsafe.Add(ref from, x + 5)),
        TOperations.Xor(TOperations.Xor(Unsafe.Add(ref from, x + 10), Unsafe.Add(ref from, x + 15)), Unsafe.Add(ref from, x + 20)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWord Moved(ref TWord from, int index, TWord column, [ConstantExpected] byte bits) =>
        TOperations.RotateLeft(TOperations.Xor(Unsafe.Add(ref from, index), column), bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(ref TWord to, int start, TWord b0, TWord b1, TWord b2, TWord b3, TWord b4)
    {
        Unsafe.Add(ref to, start) = TOperations.Chi(b0, b1, b2);
        Unsafe.Add(ref to, start + 1) = TOperations.Chi(b1, b2, b3);
        Unsafe.Add(ref to, start + 2) = TOperations.Chi(b2, b3, b4);
        Unsafe.Add(ref to, start + 3) = TOperations.Chi(b3, b4, b0);
        Unsafe.Add(ref to, start + 4) = TOperations.Chi(b4, b0, b1);
    }
}

internal static class KeccakPermutation
{
    public const int Words = 25;

    public static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];
}
