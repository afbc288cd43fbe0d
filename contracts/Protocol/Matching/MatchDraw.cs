using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Matching;

/// <summary>
/// The chance in one match: two keyed functions of the seed, one for the noise, one for ties. Both look at the owner alone, never at a row's place or a provider's
/// address, so that neither the order of rows nor the number of identities of one owner changes anything.
/// </summary>
public readonly struct MatchDraw
{
    private readonly ulong _noise0, _noise1, _tie0, _tie1;

    /// <param name="seed">See <see cref="MatchSeed"/>.</param>
    public MatchDraw(Hash256 seed)
    {
        Span<byte> bytes = stackalloc byte[Hash256.SizeBytes];
        seed.CopyTo(bytes);
        _noise0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _noise1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _tie0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _tie1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public int Noise(Address owner, int temperature) => GumbelNoise.Scaled(Keyed(_noise0, _noise1, owner), temperature);

    /// <summary>Of two equal scores the one with the larger value goes first.</summary>
    public ulong TieBreak(Address owner) => Keyed(_tie0, _tie1, owner);

    private static ulong Keyed(ulong key0, ulong key1, Address owner)
    {
        Span<byte> bytes = stackalloc byte[Address.SizeBytes];
        owner.CopyTo(bytes);
        return SipHash.Hash(key0, key1, bytes);
    }
}
