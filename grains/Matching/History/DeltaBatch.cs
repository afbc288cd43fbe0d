using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// Deltas that are kept together: each after its length, then the position that they lead to, all after the length of the whole. So a batch
/// proves itself: one that
/// was cut off, or changed, does not lead where it says.
/// </summary>
public sealed class DeltaBatch
{
    private const int PositionBytes = sizeof(long) + Hash256.SizeBytes;

    private readonly CanonicalBytes _deltas = new();

    public bool IsEmpty => _deltas.Written.IsEmpty;

    /// <summary>Whether another delta might not fit.</summary>
    public bool IsFull => _deltas.Written.Length > Frames.MostBytes / 2;

    internal void Add(ReadOnlySpan<byte> delta) => _deltas.Int32(delta.Length).Raw(delta);

    /// <summary>What was added since the last time.</summary>
    internal byte[] Take(IndexPosition after)
    {
        var bytes = new CanonicalBytes().Int32(_deltas.Written.Length + PositionBytes).Raw(_deltas.Written).Int64(after.Sequence).Word(after.Hash);
        _deltas.Clear();
        return bytes.Written.ToArray();
    }

    /// <returns>The sequence number that the batch leads to.</returns>
    public static long SequenceAfter(ReadOnlySpan<byte> batch) => new CanonicalReader(batch[^PositionBytes..]).Int64();

    /// <summary>Applies the batches of a stream as far as they are whole and follow the index.</summary>
    /// <param name="until">The sequence number to stop at; a batch that leads beyond it is applied up to there.</param>
    /// <returns>How many bytes of the stream are sound.</returns>
    public static long Replay(Stream batches, OfferIndex index, long until = long.MaxValue)
    {
        var frames = new Frames(batches);
        var reader = new OfferDeltaReader();
        var sound = 0L;
        while (index.Position.Sequence < until && frames.TryNext(out var batch) && DoesLead(batch, index.Position))
        {
            if (!TryApply(batch[..^PositionBytes], index, reader, until)) return sound;
            sound = frames.Position;
        }

        return sound;
    }

    /// <returns>The states that a match over several regions saw; null where the stream does not know the merged one.</returns>
    public static ImmutableArray<KeyValuePair<string, IndexPosition>>? FindMerge(Stream batches, IndexPosition merged)
    {
        var frames = new Frames(batches);
        while (frames.TryNext(out var batch) && batch.Length >= PositionBytes)
        {
            for (var rest = batch[..^PositionBytes]; !rest.IsEmpty && TryDelta(ref rest, out var delta);)
            {
                if (delta[0] == (byte)OfferDeltaKind.Merge && new Hash256(SHA256.HashData(delta[1..])) == merged.Hash) return IndexPosition.ReadMerge(delta[1..]);
            }
        }

        return null;
    }

    private static bool DoesLead(ReadOnlySpan<byte> batch, IndexPosition position)
    {
        if (batch.Length < PositionBytes) return false;
        for (var rest = batch[..^PositionBytes]; !rest.IsEmpty;)
        {
            if (!TryDelta(ref rest, out var delta)) return false;
            position = position.After(delta);
        }

        var end = new CanonicalReader(batch[^PositionBytes..]);
        return position == new IndexPosition(end.Int64(), end.Word());
    }

    private static bool TryApply(ReadOnlySpan<byte> rest, OfferIndex index, OfferDeltaReader reader, long until)
    {
        while (!rest.IsEmpty && index.Position.Sequence < until)
        {
            TryDelta(ref rest, out var bytes);
            if (!reader.TryRead(bytes, out var delta)) return false;
            index.Replay(delta!, index.Position.After(bytes));
        }

        return true;
    }

    private static bool TryDelta(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> delta)
    {
        delta = default;
        var size = new CanonicalReader(rest).Int32();
        if (size <= 0 || size > rest.Length - sizeof(int)) return false;
        delta = rest.Slice(sizeof(int), size);
        rest = rest[(sizeof(int) + size)..];
        return true;
    }
}
