using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>An era's rows as bytes, as they are published: fixed-width, big-endian, one form each.</summary>
public static class EraRowCodec
{
    private const int HeaderBytes = 8 + 8 + 4;
    private const int RowBytes = Address.SizeBytes + 4 + 1 + 8 + 8 + 5;

    private static ReadOnlySpan<byte> Magic => "GRIDROW1"u8;

    public static byte[] Encode(ulong era, ReadOnlySpan<EraRow> rows)
    {
        var bytes = new byte[HeaderBytes + rows.Length * RowBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), era);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), (uint)rows.Length);
        for (var i = 0; i < rows.Length; i++) Write(bytes.AsSpan(HeaderBytes + i * RowBytes), rows[i]);
        return bytes;
    }

    /// <param name="error">What is wrong with the bytes, and where.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ulong era, out ImmutableArray<EraRow> rows, [NotNullWhen(false)] out string? error)
    {
        (era, rows, error) = (0, [], null);
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic))
        {
            error = $"Expected an era's rows ({HeaderBytes} bytes or more, GRIDROW1), got {bytes.Length} bytes.";
            return false;
        }

        era = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        var count = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        if (count > Limits.MaxLeaves || bytes.Length != HeaderBytes + count * RowBytes)
        {
            error = $"The file says {count} rows in {bytes.Length} bytes; each has {RowBytes}, and {Limits.MaxLeaves} are the most.";
            return false;
        }

        var builder = ImmutableArray.CreateBuilder<EraRow>((int)count);
        for (var at = HeaderBytes; at < bytes.Length; at += RowBytes) builder.Add(Read(bytes[at..]));
        rows = builder.MoveToImmutable();
        return true;
    }

    private static void Write(Span<byte> bytes, in EraRow row)
    {
        row.Leaf.Provider.Value.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[20..], row.Leaf.UptimePpm);
        bytes[24] = row.Leaf.Tier;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[25..], row.Leaf.Units);
        BinaryPrimitives.WriteInt64BigEndian(bytes[33..], row.Leaf.Rewards.MicroUnits);
        bytes[41] = (byte)row.Standing.GoodEras;
        bytes[42] = (byte)row.Standing.BadEras;
        bytes[43] = (byte)row.Standing.CooldownEras;
        bytes[44] = row.IsObserved ? (byte)1 : (byte)0;
        bytes[45] = (byte)row.UnheardEras;
    }

    private static EraRow Read(ReadOnlySpan<byte> bytes)
    {
        var leaf = new EraLeaf(
            new ProviderId(new Address(bytes[..Address.SizeBytes])),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]),
            bytes[24],
            BinaryPrimitives.ReadUInt64BigEndian(bytes[25..]),
            new Money(BinaryPrimitives.ReadInt64BigEndian(bytes[33..])));
        return new EraRow(leaf, new TrustStanding(leaf.Tier, bytes[41], bytes[42], bytes[43]), bytes[44] != 0, bytes[45]);
    }
}
