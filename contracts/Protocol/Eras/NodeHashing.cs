using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>Hashes the levels of a tree, each in runs that several cores take.</summary>
internal static class NodeHashing
{
    private const int NodeBytes = Hash256.SizeBytes;

    /// <returns>The lowest level, with room for a zero node where their count is odd.</returns>
    public static byte[] Leaves(ulong era, ReadOnlyMemory<EraLeaf> leaves)
    {
        var level = new byte[Even(leaves.Length) * NodeBytes];
        InRuns(leaves.Length, (start, count) =>
        {
            Span<byte> encoded = stackalloc byte[Limits.HashesAtOnce * EraLeaf.EncodedBytes];
            Span<byte> inner = stackalloc byte[Limits.HashesAtOnce * NodeBytes];
            var run = leaves.Span.Slice(start, count);
            for (var i = 0; i < count; i++) run[i].Encode(encoded[(i * EraLeaf.EncodedBytes)..], era, (uint)(start + i));
            Keccak256.HashMany(encoded[..(count * EraLeaf.EncodedBytes)], EraLeaf.EncodedBytes, inner[..(count * NodeBytes)]);
            Keccak256.HashMany(inner[..(count * NodeBytes)], NodeBytes, level.AsSpan(start * NodeBytes, count * NodeBytes));
        });
        return level;
    }

    /// <param name="count">Nodes of the level above.</param>
    public static byte[] Above(byte[] below, int count)
    {
        var level = new byte[(count == 1 ? 1 : Even(count)) * NodeBytes];
        InRuns(count, (start, run) => Keccak256.HashMany(
            below.AsSpan(start * 2 * NodeBytes, run * 2 * NodeBytes), 2 * NodeBytes, level.AsSpan(start * NodeBytes, run * NodeBytes)));
        return level;
    }

    private static int Even(int count) => count + (count & 1);

    private static void InRuns(int count, Action<int, int> hash)
    {
        var runs = (count + Limits.HashesAtOnce - 1) / Limits.HashesAtOnce;
        if (runs == 1) hash(0, count);
        else Parallel.For(0, runs, run => hash(run * Limits.HashesAtOnce, Math.Min(Limits.HashesAtOnce, count - run * Limits.HashesAtOnce)));
    }
}
