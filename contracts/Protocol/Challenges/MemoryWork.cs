using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Challenges;

/// <summary>
/// Work that needs memory and is cheap to check: a chain of blocks, each hashed from the one before and from one far back that the one before points to,
/// so that whoever keeps less of them computes them again and again. The root of the tree over all blocks is the commitment; the places to open follow from it.
/// </summary>
public static class MemoryWork
{
    internal const int BlockBytes = Hash256.SizeBytes;

    private const int BlocksPerMib = 1 << 14;

    private static readonly byte[] Tag = Keccak256.Hash("grid.memory-work.v1"u8).ToByteArray();

    /// <param name="memoryMib">A power of two, <see cref="Limits.MinMemoryMib"/> to <see cref="Limits.MaxMemoryMib"/>: half for the blocks, half for the tree.</param>
    public static int BlocksOf(int memoryMib)
    {
        if (memoryMib is < Limits.MinMemoryMib or > Limits.MaxMemoryMib || (memoryMib & (memoryMib - 1)) != 0)
            throw new ArgumentOutOfRangeException(nameof(memoryMib), memoryMib, $"A challenge takes a power of two of MiB, {Limits.MinMemoryMib} to {Limits.MaxMemoryMib}.");
        return memoryMib * BlocksPerMib;
    }

    /// <summary>Does the work. Takes about half a second for 64 MiB, and as much memory as it says.</summary>
    public static MemoryProof Do(Hash256 seed, int memoryMib, CancellationToken cancellation)
    {
        var count = BlocksOf(memoryMib);
        var levels = new List<byte[]> { Fill(seed, count, cancellation) };
        for (var nodes = count / 2; nodes >= 1; nodes /= 2)
        {
            cancellation.ThrowIfCancellationRequested();
            var level = new byte[nodes * BlockBytes];
            Keccak256.HashMany(levels[^1], 2 * BlockBytes, level);
            levels.Add(level);
        }

        var root = new Hash256(levels[^1]);
        var opened = new byte[Limits.Openings * OpeningBytes(levels.Count - 1)];
        var rest = opened.AsSpan();
        for (var place = 0; place < Limits.Openings; place++)
        {
            var index = Place(seed, root, place, count);
            rest = Open(levels, index - 1, rest);
            rest = Open(levels, index, rest);
            rest = Open(levels, Reference(Block(levels[0], index - 1), index), rest);
        }

        return new MemoryProof(root, opened);
    }

    /// <summary>About a thousand hashes, whatever the size of the work.</summary>
    public static bool IsDone(Hash256 seed, int memoryMib, MemoryProof proof)
    {
        var count = BlocksOf(memoryMib);
        var height = int.Log2(count);
        if (proof.Openings.Length != Limits.Openings * OpeningBytes(height)) return false;
        ReadOnlySpan<byte> rest = proof.Openings;
        Span<byte> expected = stackalloc byte[BlockBytes];
        for (var place = 0; place < Limits.Openings; place++)
        {
            var index = Place(seed, proof.Root, place, count);
            var before = rest[..BlockBytes];
            var own = rest.Slice(PathBytes(height), BlockBytes);
            var reference = Reference(before, index);
            Next(seed, index, before, rest.Slice(2 * PathBytes(height), BlockBytes), expected);
            if (!own.SequenceEqual(expected)) return false;
            var isUnderRoot = IsUnder(proof.Root, rest, index - 1, height)
                && IsUnder(proof.Root, rest[PathBytes(height)..], index, height)
                && IsUnder(proof.Root, rest[(2 * PathBytes(height))..], reference, height);
            if (!isUnderRoot) return false;
            rest = rest[OpeningBytes(height)..];
        }

        return true;
    }

    /// <summary>A block and the nodes beside its way up.</summary>
    private static int PathBytes(int height) => (1 + height) * BlockBytes;

    private static int OpeningBytes(int height) => 3 * PathBytes(height);

    private static byte[] Fill(Hash256 seed, int count, CancellationToken cancellation)
    {
        const int BlocksBetweenLooks = 1 << 14;
        var blocks = new byte[count * BlockBytes];
        Next(seed, 0, stackalloc byte[BlockBytes], stackalloc byte[BlockBytes], blocks.AsSpan(0, BlockBytes));
        for (var index = 1; index < count; index++)
        {
            if (index % BlocksBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
            var before = Block(blocks, index - 1);
            Next(seed, index, before, Block(blocks, Reference(before, index)), blocks.AsSpan(index * BlockBytes, BlockBytes));
        }

        return blocks;
    }

    private static void Next(Hash256 seed, int index, ReadOnlySpan<byte> before, ReadOnlySpan<byte> back, Span<byte> block)
    {
        Span<byte> preimage = stackalloc byte[4 * BlockBytes + sizeof(int)];
        Tag.CopyTo(preimage);
        seed.CopyTo(preimage[BlockBytes..]);
        before.CopyTo(preimage[(2 * BlockBytes)..]);
        back.CopyTo(preimage[(3 * BlockBytes)..]);
        BinaryPrimitives.WriteInt32BigEndian(preimage[(4 * BlockBytes)..], index);
        Keccak256.Hash(preimage).CopyTo(block);
    }

    /// <summary>Which earlier block the one before points to: 0 to index − 1.</summary>
    private static int Reference(ReadOnlySpan<byte> before, int index) => (int)(BinaryPrimitives.ReadUInt64BigEndian(before) % (ulong)index);

    /// <summary>1 to count − 1, known to nobody before the root is.</summary>
    private static int Place(Hash256 seed, Hash256 root, int place, int count)
    {
        Span<byte> digest = stackalloc byte[Hash256.SizeBytes];
        Keccak256.Hash(new CanonicalBytes().Text("grid.memory-work.place.v1").Word(seed).Word(root).Int32(place).Written).CopyTo(digest);
        return 1 + (int)(BinaryPrimitives.ReadUInt64BigEndian(digest) % (ulong)(count - 1));
    }

    private static ReadOnlySpan<byte> Block(ReadOnlySpan<byte> blocks, int index) => blocks.Slice(index * BlockBytes, BlockBytes);

    private static Span<byte> Open(List<byte[]> levels, int index, Span<byte> destination)
    {
        Block(levels[0], index).CopyTo(destination);
        destination = destination[BlockBytes..];
        for (var level = 0; level < levels.Count - 1; level++, index >>= 1)
        {
            Block(levels[level], index ^ 1).CopyTo(destination);
            destination = destination[BlockBytes..];
        }

        return destination;
    }

    private static bool IsUnder(Hash256 root, ReadOnlySpan<byte> path, int index, int height)
    {
        Span<byte> pair = stackalloc byte[2 * BlockBytes];
        var node = new Hash256(path[..BlockBytes]);
        for (var level = 1; level <= height; level++, index >>= 1)
        {
            var isRight = (index & 1) == 1;
            node.CopyTo(pair[(isRight ? BlockBytes : 0)..]);
            path.Slice(level * BlockBytes, BlockBytes).CopyTo(pair[(isRight ? 0 : BlockBytes)..]);
            node = Keccak256.Hash(pair);
        }

        return node == root;
    }
}
