using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>Which state of the index a match saw.</summary>
/// <param name="Sequence">How many deltas were folded into it.</param>
/// <param name="Hash">Hₙ = SHA-256(Hₙ₋₁ ‖ deltaₙ), H₀ = 0.</param>
public readonly record struct IndexPosition(long Sequence, Hash256 Hash)
{
    private const int MaxOnStack = 1024;
    private const int MaxRegions = 65_536;
    private const string MergeDomain = "grid.index-positions.v1";

    public static IndexPosition Start => default;

    public IndexPosition After(ReadOnlySpan<byte> delta)
    {
        var size = Hash256.SizeBytes + delta.Length;
        Span<byte> joined = size <= MaxOnStack ? stackalloc byte[size] : new byte[size];
        Hash.CopyTo(joined);
        delta.CopyTo(joined[Hash256.SizeBytes..]);
        Span<byte> digest = stackalloc byte[Hash256.SizeBytes];
        SHA256.HashData(joined, digest);
        return new IndexPosition(Sequence + 1, new Hash256(digest));
    }

    /// <summary>The position of a match over several regions: the sum of the sequences and one hash over all, sorted by region.</summary>
    public static IndexPosition Merge(IReadOnlyList<KeyValuePair<string, IndexPosition>> regions)
    {
        var bytes = new CanonicalBytes();
        WriteMerge(bytes, regions);
        return new IndexPosition(regions.Sum(static region => region.Value.Sequence), new Hash256(SHA256.HashData(bytes.Written)));
    }

    /// <summary>What the hash of a merged position is over.</summary>
    public static void WriteMerge(CanonicalBytes bytes, IReadOnlyList<KeyValuePair<string, IndexPosition>> regions)
    {
        bytes.Text(MergeDomain).Int32(regions.Count);
        foreach (var (region, position) in regions.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            bytes.Text(region).Int64(position.Sequence).Word(position.Hash);
    }

    /// <returns>The regions and their positions; null where the bytes are not those of a merge.</returns>
    public static ImmutableArray<KeyValuePair<string, IndexPosition>>? ReadMerge(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        if (Encoding.UTF8.GetString(reader.TextBytes()) != MergeDomain) return null;
        var count = reader.Int32();
        if (count is < 0 or > MaxRegions) return null;
        var regions = ImmutableArray.CreateBuilder<KeyValuePair<string, IndexPosition>>(count);
        for (var i = 0; i < count; i++)
            regions.Add(KeyValuePair.Create(Encoding.UTF8.GetString(reader.TextBytes()), new IndexPosition(reader.Int64(), reader.Word())));
        return reader.IsAtEnd ? regions.MoveToImmutable() : null;
    }
}
