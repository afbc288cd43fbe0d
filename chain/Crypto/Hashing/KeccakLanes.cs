using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grid.Chain.Crypto.Hashing;

/// <summary>Messages of one length, as many at a time as a register has lanes.</summary>
internal static class KeccakLanes
{
    private const int WordBytes = sizeof(ulong);

    /// <returns>How many were hashed; fewer than one register's lanes are left.</returns>
    public static int Hash<TWord, TOperations>(ReadOnlySpan<byte> messages, int messageBytes, Span<byte> hashes)
        where TWord : unmanaged
        where TOperations : struct, IKeccakOperations<TWord>
    {
        var lanes = Unsafe.SizeOf<TWord>() / WordBytes;
        var count = messages.Length / messageBytes / lanes * lanes;
        Span<TWord> state = stackalloc TWord[2 * KeccakPermutation.Words];
        Span<byte> lastBlocks = stackalloc byte[lanes * KeccakSponge.RateBytes];
        for (var first = 0; first < count; first += lanes)
        {
            state[..KeccakPermutation.Words].Clear();
            var group = messages.Slice(first * messageBytes, lanes * messageBytes);
            var absorbed = 0;
            for (; messageBytes - absorbed >= KeccakSponge.RateBytes; absorbed += KeccakSponge.RateBytes)
                Absorb<TWord, TOperations>(state, group[absorbed..], messageBytes, lanes);
            Pad(group, messageBytes, absorbed, lastBlocks);
            Absorb<TWord, TOperations>(state, lastBlocks, KeccakSponge.RateBytes, lanes);
            Write(MemoryMarshal.Cast<TWord, ulong>(state), lanes, hashes[(first * Hash256.SizeBytes)..]);
        }

        return count;
    }

    /// <param name="blocks">Each lane's block at a distance of <paramref name="stride"/> bytes.</param>
    private static void Absorb<TWord, TOperations>(Span<TWord> state, ReadOnlySpan<byte> blocks, int stride, int lanes)
        where TWord : unmanaged
        where TOperations : struct, IKeccakOperations<TWord>
    {
        var words = MemoryMarshal.Cast<TWord, ulong>(state);
        for (var lane = 0; lane < lanes; lane++)
        {
            var block = blocks.Slice(lane * stride, KeccakSponge.RateBytes);
            for (var i = 0; i < KeccakSponge.RateBytes / WordBytes; i++) words[i * lanes + lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * WordBytes)..]);
        }

        KeccakPermutation<TWord, TOperations>.Apply(state);
    }

    private static void Pad(ReadOnlySpan<byte> group, int messageBytes, int absorbed, Span<byte> blocks)
    {
        blocks.Clear();
        var rest = messageBytes - absorbed;
        for (var lane = 0; lane * KeccakSponge.RateBytes < blocks.Length; lane++)
        {
            var block = blocks.Slice(lane * KeccakSponge.RateBytes, KeccakSponge.RateBytes);
            group.Slice(lane * messageBytes + absorbed, rest).CopyTo(block);
            block[rest] ^= KeccakSponge.FirstPad;
            block[^1] ^= KeccakSponge.LastPad;
        }
    }

    private static void Write(ReadOnlySpan<ulong> words, int lanes, Span<byte> hashes)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            for (var i = 0; i < Hash256.SizeBytes / WordBytes; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(hashes[(lane * Hash256.SizeBytes + i * WordBytes)..], words[i * lanes + lane]);
        }
    }
}
