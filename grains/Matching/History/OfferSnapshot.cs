using System.Buffers.Binary;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>A whole index as a stream: where it stands, its listings, and a SHA-256 over all of it at the end.</summary>
public static class OfferSnapshot
{
    private const string Domain = "grid.offer-snapshot.v1";
    private const int BlockBytes = 1 << 20;

    public static void Write(Stream stream, OfferIndex index)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new CanonicalBytes().Text(Domain).Int64(index.Position.Sequence).Word(index.Position.Hash).Int64(index.MedianStake.MicroUnits).Int32(index.Count);
        var (block, row) = (new CanonicalBytes(), new CanonicalBytes());
        block.Int32(head.Written.Length).Raw(head.Written);
        foreach (var listed in index.UnsortedRows)
        {
            row.Clear();
            OfferDeltaBytes.Write(row, OfferDelta.Upsert(listed));
            block.Int32(row.Written.Length).Raw(row.Written);
            if (block.Written.Length >= BlockBytes) Put(block);
        }

        Put(block);
        stream.Write(hash.GetHashAndReset());

        void Put(CanonicalBytes full)
        {
            hash.AppendData(full.Written);
            stream.Write(full.Written);
            full.Clear();
        }
    }

    /// <returns>Null where the stream is not a whole snapshot.</returns>
    public static OfferIndex? Read(Stream stream, RegionMap regions)
    {
        var frames = new Frames(stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (!TryNext(frames, hash, out var bytes)) return null;
        var head = new CanonicalReader(bytes);
        if (!head.TextBytes().SequenceEqual(System.Text.Encoding.ASCII.GetBytes(Domain))) return null;
        var position = new IndexPosition(head.Int64(), head.Word());
        var index = OfferIndex.Restore(regions, position, new Money(head.Int64()), []);
        var count = head.Int32();
        if (!head.IsAtEnd || count is < 0 or > Limits.MaxListings) return null;
        var reader = new OfferDeltaReader();
        for (var i = 0; i < count; i++)
        {
            if (!TryNext(frames, hash, out bytes) || !reader.TryRead(bytes, out var delta)) return null;
            index.Replay(delta!, position);
        }

        return frames.TryTake(Hash256.SizeBytes, out var end) && end.SequenceEqual(hash.GetHashAndReset()) ? index : null;
    }

    private static bool TryNext(Frames frames, IncrementalHash hash, out ReadOnlySpan<byte> frame)
    {
        if (!frames.TryNext(out frame)) return false;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, frame.Length);
        hash.AppendData(length);
        hash.AppendData(frame);
        return true;
    }
}
