using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Grid.Chain.Crypto.Hashing;

namespace Grid.Chain.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the original Keccak padding, not FIPS 202's SHA3-256.</summary>
public static class Keccak256
{
    public static Hash256 Hash(ReadOnlySpan<byte> data) => Hash(data, default);

    /// <summary>The hash of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<ulong> words = stackalloc ulong[2 * KeccakPermutation.Words];
        words.Clear();
        var sponge = new KeccakSponge(words);
        sponge.Absorb(first);
        sponge.Absorb(second);
        Span<byte> digest = stackalloc byte[Hash256.SizeBytes];
        sponge.Finish(digest);
        // What was hashed may be a derived key; it does not stay behind.
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(words));
        return new Hash256(digest);
    }

    /// <summary>The hashes of many messages of one length, several at a time where the processor has wide registers. Allocates nothing. Not for secrets.</summary>
    /// <param name="messages">One behind the other.</param>
    /// <param name="hashes">Receives 32 bytes for each message, one behind the other; must not overlap the messages.</param>
    public static void HashMany(ReadOnlySpan<byte> messages, int messageBytes, Span<byte> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messageBytes, 1);
        var (count, rest) = Math.DivRem(messages.Length, messageBytes);
        if (rest != 0 || hashes.Length != count * Hash256.SizeBytes)
            throw new ArgumentException($"{messages.Length} bytes are no messages of {messageBytes} bytes for {hashes.Length} bytes of hashes.", nameof(messages));

        var done = 0;
        if (Vector512.IsHardwareAccelerated) done = KeccakLanes.Hash<Vector512<ulong>, EightLanes>(messages, messageBytes, hashes);
        else if (Vector256.IsHardwareAccelerated) done = KeccakLanes.Hash<Vector256<ulong>, FourLanes>(messages, messageBytes, hashes);
        KeccakLanes.Hash<ulong, OneLane>(messages[(done * messageBytes)..], messageBytes, hashes[(done * Hash256.SizeBytes)..]);
    }
}
