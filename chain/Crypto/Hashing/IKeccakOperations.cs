using System.Diagnostics.CodeAnalysis;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>What Keccak does to words: to one, or to the same word of several messages side by side.</summary>
/// <typeparam name="TWord">As many 64-bit words as messages are hashed at once.</typeparam>
internal interface IKeccakOperations<TWord>
{
    static abstract TWord Xor(TWord a, TWord b);

    /// <returns>a ⊕ (¬b ∧ c).</returns>
    static abstract TWord Chi(TWord a, TWord b, TWord c);

    static abstract TWord RotateLeft(TWord word, [ConstantExpected] byte bits);

    static abstract TWord Repeat(ulong word);
}
