using System.Security.Cryptography;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>Where the chance of a match comes from. Nobody knows all of it before the order is in.</summary>
/// <param name="Beacon">The era's; zero without a chain.</param>
/// <param name="ChainAnchor">The published start of the matchmaker's hash chain.</param>
/// <param name="ChainIndex">n: durably bound to the order before the element is used.</param>
/// <param name="ChainElement">Element n, revealed with the record.</param>
public readonly record struct MatchSeed(Hash256 Beacon, OrderId Order, Hash256 ChainAnchor, long ChainIndex, Hash256 ChainElement)
{
    /// <summary>SHA-256 over a domain, beacon, order and element n.</summary>
    public Hash256 Value
    {
        get
        {
            Span<byte> preimage = stackalloc byte[4 * Hash256.SizeBytes];
            preimage.Clear();
            "grid.match-seed.v1"u8.CopyTo(preimage);
            Beacon.CopyTo(preimage[Hash256.SizeBytes..]);
            Order.Value.CopyTo(preimage[(2 * Hash256.SizeBytes)..]);
            ChainElement.CopyTo(preimage[(3 * Hash256.SizeBytes)..]);
            Span<byte> digest = stackalloc byte[Hash256.SizeBytes];
            SHA256.HashData(preimage, digest);
            return new Hash256(digest);
        }
    }

    public MatchDraw Draw() => new(Value);
}
