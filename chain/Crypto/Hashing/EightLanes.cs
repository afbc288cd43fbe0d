using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>Eight messages at a time, in registers of 512 bits.</summary>
internal readonly struct EightLanes : IKeccakOperations<Vector512<ulong>>
{
    public static Vector512<ulong> Xor(Vector512<ulong> a, Vector512<ulong> b) => a ^ b;

    public static Vector512<ulong> Chi(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) => a ^ Vector512.AndNot(c, b);

    public static Vector512<ulong> RotateLeft(Vector512<ulong> word, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(word, bits) : (word << bits) | (word >> (64 - bits));

    public static Vector512<ulong> Repeat(ulong word) => Vector512.Create(word);
}
