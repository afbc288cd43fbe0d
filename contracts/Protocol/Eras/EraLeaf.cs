using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>What an era says of a provider (<c>AttestationLedger.sol</c>, <c>docs/protocol/eras.md</c>).</summary>
/// <param name="UptimePpm">The weighted median of the operators' observations, 0 to 1 000 000.</param>
/// <param name="Tier">1 (most trusted) to 7, after this era.</param>
/// <param name="Units">The work counted in this era: device-seconds of leases, in thousandths.</param>
/// <param name="Rewards">Cumulative since genesis.</param>
public readonly record struct EraLeaf(ProviderId Provider, uint UptimePpm, byte Tier, ulong Units, Money Rewards)
{
    public const uint FullPpm = 1_000_000;

    /// <summary>abi.encode of the tag, the era, the index and the five fields.</summary>
    internal const int EncodedBytes = 8 * Hash256.SizeBytes;

    private static readonly byte[] Tag = Keccak256.Hash("grid.era.leaf.v1"u8).ToByteArray();

    /// <summary>keccak256(keccak256(encoding)): hashed twice, so that no leaf passes for an inner node; bound to era and index.</summary>
    public Hash256 Hash(ulong era, uint index)
    {
        Span<byte> encoded = stackalloc byte[EncodedBytes];
        Encode(encoded, era, index);
        return Keccak256.Hash(Keccak256.Hash(encoded).ToByteArray());
    }

    /// <summary>False where a field lies outside what a leaf can mean.</summary>
    public bool IsWellFormed() => UptimePpm <= FullPpm && !Rewards.IsNegative;

    internal void Encode(Span<byte> destination, ulong era, uint index)
    {
        destination[..EncodedBytes].Clear();
        Tag.CopyTo(destination);
        WriteWord(destination, 1, era);
        WriteWord(destination, 2, index);
        Provider.Value.CopyTo(destination[(4 * Hash256.SizeBytes - Address.SizeBytes)..]);
        WriteWord(destination, 4, UptimePpm);
        WriteWord(destination, 5, Tier);
        WriteWord(destination, 6, Units);
        WriteWord(destination, 7, (ulong)Rewards.MicroUnits);
    }

    private static void WriteWord(Span<byte> words, int index, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(words[((index + 1) * Hash256.SizeBytes - sizeof(ulong))..], value);
}
