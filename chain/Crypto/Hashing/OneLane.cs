using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>One message at a time.</summary>
internal readonly struct OneLane : IKeccakOperations<ulong>
{
    public static ulong Xor(ulong a, ulong b) => a ^ b;

    public static ulong Chi(ulong a, ulong b, ulong c) => a ^ (~b & c);

    public static ulong RotateLeft(ulong word, [ConstantExpected] byte bits) => BitOperations.RotateLeft(word, bits);

    public static ulong Repeat(ulong word) => word;
}
