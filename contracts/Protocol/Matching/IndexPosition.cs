using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>Which state of the index a match saw.</summary>
/// <param name="Sequence">How many deltas were folded into it.</param>
/// <param name="Hash">Hₙ = SHA-256(Hₙ₋₁ ‖ deltaₙ), H₀ = 0.</param>
public readonly record struct IndexPosition(long Sequence, Hash256 Hash)
{
    private const int MaxOnStack = 1024;

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
        var bytes = new CanonicalBytes().Text("grid.index-positions.v1").Int32(regions.Count);
        var sequences = 0L;
        foreach (var (region, position) in regions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            bytes.Text(region).Int64(position.Sequence).Word(position.Hash);
            sequences += position.Sequence;
        }

        return new IndexPosition(sequences, new Hash256(SHA256.HashData(bytes.Written)));
    }
}
