using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>Four messages at a time, in registers of 256 bits.</summary>
internal readonly struct FourLanes : IKeccakOperations<Vector256<ulong>>
{
    public static Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b) => a ^ b;

    public static Vector256<ulong> Chi(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) => a ^ Vector256.AndNot(c, b);

    public static Vector256<ulong> RotateLeft(Vector256<ulong> word, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(word, bits) : (word << bits) | (word >> (64 - bits));

    public static Vector256<ulong> Repeat(ulong word) => Vector256.Create(word);
}
