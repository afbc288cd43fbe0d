using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>Books as bytes: fixed-width, big-endian, one form each.</summary>
public static class ObservationBookCodec
{
    private const int HeaderBytes = 8 + 8 + Address.SizeBytes + 8 + 2 * Hash256.SizeBytes + 4;
    private const int RowBytes = Address.SizeBytes + 4 * 8 + 2 + 2 + 8 + 4;

    private static ReadOnlySpan<byte> Magic => "GRIDOBS1"u8;

    public static byte[] Encode(ObservationBook book)
    {
        var bytes = new byte[HeaderBytes + book.Providers.Length * RowBytes];
        WriteHeader(bytes, book);
        for (var i = 0; i < book.Providers.Length; i++) WriteRow(bytes.AsSpan(HeaderBytes + i * RowBytes), book.Providers[i]);
        return bytes;
    }

    /// <param name="error">What is wrong with the bytes, and where.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ObservationBook? book, [NotNullWhen(false)] out string? error)
    {
        book = null;
        error = null;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic)) error = $"Expected an observation book ({HeaderBytes} bytes or more, GRIDOBS1), got {bytes.Length} bytes.";
        else if ((bytes.Length - HeaderBytes) % RowBytes != 0 || Count(bytes) != (bytes.Length - HeaderBytes) / RowBytes) error = $"The book says {Count(bytes)} providers in {bytes.Length} bytes.";
        else if (Count(bytes) > Limits.MaxLeaves) error = $"The book has {Count(bytes)} providers, more than {Limits.MaxLeaves}.";
        if (error is not null) return false;

        var rows = ImmutableArray.CreateBuilder<ProviderObservation>((int)Count(bytes));
        for (var at = HeaderBytes; at < bytes.Length; at += RowBytes)
        {
            var row = ReadRow(bytes[at..]);
            if (rows.Count > 0 && rows[^1].Provider.CompareTo(row.Provider) >= 0)
            {
                error = $"Row {rows.Count} ({row.Provider}) must be above the one before: providers ascend, each once.";
                return false;
            }

            rows.Add(row);
        }

        book = ReadHeader(bytes, rows.MoveToImmutable());
        return true;
    }

    private static uint Count(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes[(HeaderBytes - 4)..]);

    private static void WriteHeader(Span<byte> bytes, ObservationBook book)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], book.Era);
        book.Operator.CopyTo(bytes[16..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[36..], book.Up);
        book.Reveal.CopyTo(bytes[44..]);
        book.Commitment.CopyTo(bytes[76..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[108..], (uint)book.Providers.Length);
    }

    private static ObservationBook ReadHeader(ReadOnlySpan<byte> bytes, ImmutableArray<ProviderObservation> rows) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        new Address(bytes.Slice(16, Address.SizeBytes)),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[36..]),
        new Hash256(bytes.Slice(44, Hash256.SizeBytes)),
        new Hash256(bytes.Slice(76, Hash256.SizeBytes)),
        rows);

    private static void WriteRow(Span<byte> bytes, in ProviderObservation row)
    {
        row.Provider.Value.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[20..], row.Expected);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[28..], row.Heard);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[36..], row.Touched);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[44..], row.Failed);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[52..], row.ChallengesPassed);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[54..], row.ChallengesMade);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[56..], row.Units);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[64..], row.CapacityMilli);
    }

    private static ProviderObservation ReadRow(ReadOnlySpan<byte> bytes) => new(
        new ProviderId(new Address(bytes[..Address.SizeBytes])),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[20..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[28..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[36..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[44..]),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[52..]),
        BinaryPrimitives.ReadUInt16BigEndian(bytes[54..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[56..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[64..]));
}
