using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>Records as bytes, as they are published: fixed-width, big-endian, one form each.</summary>
public static class EraRecordCodec
{
    private const int HeaderBytes = 8 + 8 + 2 * Hash256.SizeBytes + 3 * 4;
    private const int OperatorBytes = Address.SizeBytes + 8 + Hash256.SizeBytes;
    private const int CommitmentBytes = 8 + Address.SizeBytes + Hash256.SizeBytes;
    private const int RowBytes = Address.SizeBytes + 4 + 1 + 8 + 8 + 5;

    private static ReadOnlySpan<byte> Magic => "GRIDERA1"u8;

    public static byte[] Encode(EraRecord record)
    {
        var size = HeaderBytes + record.Operators.Length * OperatorBytes + record.Commitments.Length * CommitmentBytes + record.Rows.Length * RowBytes;
        var bytes = new byte[size];
        var rest = WriteHeader(bytes, record);
        foreach (var entry in record.Operators) rest = Write(rest, entry);
        foreach (var commitment in record.Commitments) rest = Write(rest, commitment);
        foreach (var row in record.Rows) rest = Write(rest, row);
        return bytes;
    }

    /// <param name="error">What is wrong with the bytes, and where.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EraRecord? record, [NotNullWhen(false)] out string? error)
    {
        (record, error) = (null, null);
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic))
        {
            error = $"Expected an era's record ({HeaderBytes} bytes or more, GRIDERA1), got {bytes.Length} bytes.";
            return false;
        }

        var (operators, commitments, rows) = (Count(bytes, 3), Count(bytes, 2), Count(bytes, 1));
        if (operators > Limits.MaxOperators || commitments > Limits.MaxCommitments || rows > Limits.MaxLeaves) error = $"The record has {operators} operators, {commitments} commitments and {rows} rows: too many.";
        else if (bytes.Length != HeaderBytes + operators * OperatorBytes + commitments * CommitmentBytes + rows * RowBytes) error = $"{operators} operators, {commitments} commitments and {rows} rows do not make {bytes.Length} bytes.";
        if (error is not null) return false;

        record = Read(bytes, (int)operators, (int)commitments, (int)rows);
        return true;
    }

    private static uint Count(ReadOnlySpan<byte> bytes, int fromEnd) => BinaryPrimitives.ReadUInt32BigEndian(bytes[(HeaderBytes - fromEnd * 4)..]);

    private static Span<byte> WriteHeader(Span<byte> bytes, EraRecord record)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], record.Era);
        record.Previous.CopyTo(bytes[16..]);
        record.Beacon.CopyTo(bytes[48..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[80..], record.Operators.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes[84..], record.Commitments.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes[88..], record.Rows.Length);
        return bytes[HeaderBytes..];
    }

    private static Span<byte> Write(Span<byte> bytes, scoped in EraOperator entry)
    {
        entry.Operator.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[20..], entry.Weight);
        entry.Book.CopyTo(bytes[28..]);
        return bytes[OperatorBytes..];
    }

    private static Span<byte> Write(Span<byte> bytes, scoped in EraCommitment commitment)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, commitment.Era);
        commitment.Operator.CopyTo(bytes[8..]);
        commitment.Hash.CopyTo(bytes[28..]);
        return bytes[CommitmentBytes..];
    }

    private static Span<byte> Write(Span<byte> bytes, scoped in EraRow row)
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
        return bytes[RowBytes..];
    }

    private static EraRecord Read(ReadOnlySpan<byte> bytes, int operators, int commitments, int rows)
    {
        var known = ImmutableArray.CreateBuilder<EraOperator>(operators);
        var coming = ImmutableArray.CreateBuilder<EraCommitment>(commitments);
        var read = ImmutableArray.CreateBuilder<EraRow>(rows);
        var rest = bytes[HeaderBytes..];
        for (; known.Count < operators; rest = rest[OperatorBytes..])
            known.Add(new EraOperator(new Address(rest[..20]), BinaryPrimitives.ReadUInt64BigEndian(rest[20..]), new Hash256(rest.Slice(28, 32))));
        for (; coming.Count < commitments; rest = rest[CommitmentBytes..])
            coming.Add(new EraCommitment(BinaryPrimitives.ReadUInt64BigEndian(rest), new Address(rest.Slice(8, 20)), new Hash256(rest.Slice(28, 32))));
        for (; read.Count < rows; rest = rest[RowBytes..]) read.Add(ReadRow(rest));
        return new EraRecord(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), new Hash256(bytes.Slice(16, 32)), new Hash256(bytes.Slice(48, 32)), known.MoveToImmutable(), coming.MoveToImmutable(), read.MoveToImmutable());
    }

    private static EraRow ReadRow(ReadOnlySpan<byte> bytes)
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
