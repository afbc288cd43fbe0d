using Grid.Chain.Crypto;

namespace Grid.Protocol.Signing;

/// <summary>What a receipt's content hash covers: where the work came from and what it made.</summary>
/// <param name="Manifest">The authorization's manifest hash.</param>
/// <param name="Images">One per service, in the manifest's order; zero where an image has no digest (<c>host</c>).</param>
public sealed record Provenance(Hash256 Manifest, IReadOnlyList<Hash256> Images, IReadOnlyList<Hash256> Inputs, IReadOnlyList<Hash256> Outputs)
{
    /// <summary>SHA-256(manifest ‖ SHA-256(images) ‖ SHA-256(inputs) ‖ SHA-256(outputs)), each list its items end to end.</summary>
    public Hash256 Hash()
    {
        Span<byte> parts = stackalloc byte[4 * Hash256.SizeBytes];
        Manifest.CopyTo(parts);
        HashOf(Images).CopyTo(parts[Hash256.SizeBytes..]);
        HashOf(Inputs).CopyTo(parts[(2 * Hash256.SizeBytes)..]);
        HashOf(Outputs).CopyTo(parts[(3 * Hash256.SizeBytes)..]);
        return ContentHash.Of(parts);
    }

    private static Hash256 HashOf(IReadOnlyList<Hash256> hashes)
    {
        var bytes = new byte[hashes.Count * Hash256.SizeBytes];
        for (var i = 0; i < hashes.Count; i++) hashes[i].CopyTo(bytes.AsSpan(i * Hash256.SizeBytes));
        return ContentHash.Of(bytes);
    }
}
