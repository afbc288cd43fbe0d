using System.Collections.Immutable;
using System.Text;

namespace Grid.Protocol.Matching;

/// <summary>A match record as fixed-width big-endian integers, at most <see cref="MatchLimits.MaxRecordBytes"/>.</summary>
public static class MatchRecordCodec
{
    private const ushort Magic = 0x474D;
    private const byte Version = 1;
    private const int ModelBytes = 16;

    /// <exception cref="ArgumentException">A list is longer than its bound, or a model's name is longer than 16 characters or not ASCII.</exception>
    public static byte[] Encode(MatchRecord record) => Encode(record, new CanonicalBytes());

    /// <param name="bytes">Where it is written before it is copied: cleared first, and the caller's to use again.</param>
    /// <inheritdoc cref="Encode(MatchRecord)" />
    public static byte[] Encode(MatchRecord record, CanonicalBytes bytes)
    {
        Bound(record.Candidates.Length, MatchLimits.MaxCandidates, "candidates");
        Bound(record.Bids.Length, MatchLimits.MaxBids, "bids");
        Bound(record.Ranking.Length, MatchLimits.MaxBids, "ranking");
        Bound(record.Excluded.Length, byte.MaxValue, "filter counts");
        bytes.Clear();
        WriteHead(bytes, record);
        bytes.Byte((byte)record.Excluded.Length);
        foreach (var count in record.Excluded) bytes.Int32(count);
        bytes.Byte((byte)record.Candidates.Length);
        foreach (var candidate in record.Candidates) WriteCandidate(bytes, candidate);
        bytes.Byte((byte)record.Bids.Length);
        foreach (var bid in record.Bids) WriteBid(bytes, bid);
        bytes.Byte((byte)record.Ranking.Length);
        foreach (var place in record.Ranking) bytes.Byte((byte)place);
        return bytes.Written.ToArray();
    }

    /// <summary>Reads bytes from anywhere: false for anything that <see cref="Encode(MatchRecord)"/> would not write.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out MatchRecord? record)
    {
        record = null;
        if (bytes.Length > MatchLimits.MaxRecordBytes) return false;
        var reader = new CanonicalReader(bytes);
        if (reader.UInt16() != Magic || reader.Byte() != Version) return false;
        var head = ReadHead(ref reader);
        if (!TryReadCounts(ref reader, out var excluded)
            || !TryReadCandidates(ref reader, out var candidates)
            || !TryReadBids(ref reader, candidates.Length, out var bids)
            || !TryReadRanking(ref reader, candidates.Length, out var ranking)
            || !reader.IsAtEnd) return false;
        record = head with { Excluded = excluded, Candidates = candidates, Bids = bids, Ranking = ranking };
        return true;
    }

    private static void Bound(int count, int most, string what)
    {
        if (count > most) throw new ArgumentException($"A match record holds at most {most} {what}, not {count}.");
    }

    private static void WriteHead(CanonicalBytes bytes, MatchRecord record)
    {
        var seed = record.Seed;
        bytes.UInt16(Magic).Byte(Version)
            .Word(seed.Beacon).Word(seed.Order.Value).Word(seed.ChainAnchor).Int64(seed.ChainIndex).Word(seed.ChainElement)
            .Word(record.RequirementHash)
            .Int64(record.Index.Sequence).Word(record.Index.Hash)
            .Int64(record.MatchedAtUnixMs).Int64(record.PriceCeiling.MicroUnits).Int64(record.MedianStake.MicroUnits);
        for (var i = 0; i < Factors.Count; i++) bytes.UInt16((ushort)record.Weights[i]);
        bytes.UInt16((ushort)record.Weights.Temperature).Int32(record.ListingsScanned).Int32(record.ProvidersPassed);
    }

    private static MatchRecord ReadHead(ref CanonicalReader reader) => new(
        new MatchSeed(reader.Word(), new OrderId(reader.Word()), reader.Word(), reader.Int64(), reader.Word()),
        reader.Word(),
        new IndexPosition(reader.Int64(), reader.Word()),
        reader.Int64(),
        new RatePerHour(reader.Int64()),
        new Money(reader.Int64()),
        new MatchWeights(
            reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16()),
        reader.Int32(),
        reader.Int32(),
        [],
        [],
        [],
        []);

    private static bool TryReadCounts(ref CanonicalReader reader, out ImmutableArray<int> excluded)
    {
        var counts = new int[reader.Byte()];
        for (var i = 0; i < counts.Length; i++) counts[i] = reader.Int32();
        excluded = [.. counts];
        return !reader.IsTruncated;
    }

    private static void WriteCandidate(CanonicalBytes bytes, MatchCandidate candidate)
    {
        Span<byte> model = stackalloc byte[ModelBytes];
        model.Clear();
        if (candidate.GpuModel.Length > ModelBytes || !Ascii.IsValid(candidate.GpuModel))
            throw new ArgumentException($"GPU model '{candidate.GpuModel}' of {candidate.Provider} must have at most {ModelBytes} ASCII characters.");
        Encoding.ASCII.GetBytes(candidate.GpuModel, model);
        bytes.Address(candidate.Provider.Value).Address(candidate.Owner).Raw(model).Int64(candidate.Ask.MicroUnits);
        WriteFactors(bytes, candidate.Factors);
        bytes.Int32(candidate.Score).Int32(candidate.Noise).Flag(candidate.IsPretended);
    }

    private static bool TryReadCandidates(ref CanonicalReader reader, out ImmutableArray<MatchCandidate> candidates)
    {
        candidates = [];
        var count = reader.Byte();
        if (count > MatchLimits.MaxCandidates) return false;
        var read = new MatchCandidate[count];
        for (var i = 0; i < count; i++)
        {
            var provider = new ProviderId(reader.Address());
            var owner = reader.Address();
            var model = reader.Raw(ModelBytes).TrimEnd((byte)0);
            if (!Ascii.IsValid(model)) return false;
            var ask = new RatePerHour(reader.Int64());
            var factors = ReadFactors(ref reader);
            var score = reader.Int32();
            var noise = reader.Int32();
            var pretended = reader.Byte();
            if (pretended > 1) return false;
            read[i] = new MatchCandidate(provider, owner, Encoding.ASCII.GetString(model), ask, factors, score, noise, pretended == 1);
        }

        candidates = [.. read];
        return !reader.IsTruncated;
    }

    private static void WriteBid(CanonicalBytes bytes, RecordedBid bid)
    {
        bytes.Byte((byte)bid.Candidate).Byte((byte)bid.Outcome).Byte((byte)bid.RefusedBy).Int64(bid.Rate.MicroUnits);
        WriteFactors(bytes, bid.Factors);
        bytes.Int32(bid.Score).Int64(bid.AvailableUntilUnixMs);
    }

    private static bool TryReadBids(ref CanonicalReader reader, int candidateCount, out ImmutableArray<RecordedBid> bids)
    {
        bids = [];
        var count = reader.Byte();
        if (count > MatchLimits.MaxBids) return false;
        var read = new RecordedBid[count];
        for (var i = 0; i < count; i++)
        {
            var candidate = reader.Byte();
            var outcome = reader.Byte();
            var refusedBy = reader.Byte();
            if (candidate >= candidateCount || outcome > (byte)BidOutcome.AboveListed || refusedBy >= HardFilters.Count) return false;
            var rate = new RatePerHour(reader.Int64());
            var factors = ReadFactors(ref reader);
            read[i] = new RecordedBid(candidate, (BidOutcome)outcome, (HardFilter)refusedBy, rate, factors, reader.Int32(), reader.Int64());
        }

        bids = [.. read];
        return !reader.IsTruncated;
    }

    private static bool TryReadRanking(ref CanonicalReader reader, int candidateCount, out ImmutableArray<int> ranking)
    {
        ranking = [];
        var count = reader.Byte();
        if (count > MatchLimits.MaxBids) return false;
        var read = new int[count];
        for (var i = 0; i < count; i++)
        {
            read[i] = reader.Byte();
            if (read[i] >= candidateCount) return false;
        }

        ranking = [.. read];
        return !reader.IsTruncated;
    }

    private static void WriteFactors(CanonicalBytes bytes, in Factors factors)
    {
        for (var i = 0; i < Factors.Count; i++) bytes.UInt16((ushort)factors[i]);
    }

    private static Factors ReadFactors(ref CanonicalReader reader) =>
        new(reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16());
}
