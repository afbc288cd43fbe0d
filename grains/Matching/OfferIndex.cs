using System.Collections.Immutable;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// Every listing of a region in memory, in columns. Changes are deltas, O(1) each, folded into a running hash; a scan asks one query of
/// every listing and allocates
/// nothing. What a scan finds depends on the listings alone, never on the order in which they came. One turn at a time: not thread-safe.
/// </summary>
public sealed class OfferIndex(RegionMap regions)
{
    private readonly ListingStore _store = new(regions);
    private readonly CanonicalBytes _deltaBytes = new();
    private readonly CanonicalBytes _otherBytes = new();
    private readonly List<MatchScan> _scans = [];

    public int Count => _store.Count;

    public IndexPosition Position { get; private set; } = IndexPosition.Start;

    /// <summary>The stake that others are measured against; changed by a delta, so that a replay sees it too.</summary>
    public Money MedianStake => _store.MedianStake;

    /// <summary>All listings sorted by provider and model: with <see cref="Position"/> and <see cref="MedianStake"/> a snapshot.</summary>
    public IEnumerable<OfferRow> Rows => _store.Rows.OrderBy(static row => row.Key);

    public OfferRow? Find(OfferKey key) => _store.Find(key);

    /// <summary>Whether this very row is in the index, so that putting it would change nothing.</summary>
    public bool Holds(OfferRow row)
    {
        if (Find(row.Key) is not { } known) return false;
        _deltaBytes.Clear();
        OfferDeltaBytes.Write(_deltaBytes, OfferDelta.Upsert(known));
        _otherBytes.Clear();
        OfferDeltaBytes.Write(_otherBytes, OfferDelta.Upsert(row));
        return _deltaBytes.Written.SequenceEqual(_otherBytes.Written);
    }

    /// <summary>Of all listings of one provider, in order.</summary>
    public ImmutableArray<OfferKey> KeysOf(ProviderId provider) => [.. _store.KeysOf(provider)];

    /// <summary>An index as a snapshot left it; the deltas after <paramref name="position"/> follow.</summary>
    public static OfferIndex Restore(RegionMap regions, IndexPosition position, Money medianStake, IEnumerable<OfferRow> rows)
    {
        var index = new OfferIndex(regions) { Position = position };
        index._store.MeasureStakeAgainst(medianStake);
        foreach (var row in rows) index.Put(row);
        return index;
    }

    /// <summary>Folds one change in. Removing what is not there, or putting what is there already, still counts as a delta.</summary>
    /// <exception cref="ArgumentException">A number of the row is out of its bounds: nothing was changed.</exception>
    public IndexPosition Apply(OfferDelta delta)
    {
        Fold(delta);
        _deltaBytes.Clear();
        OfferDeltaBytes.Write(_deltaBytes, delta);
        return Position = Position.After(_deltaBytes.Written);
    }

    /// <summary>The canonical bytes of the delta that was applied last.</summary>
    internal ReadOnlySpan<byte> LastDelta => _deltaBytes.Written;

    /// <summary>Listings in any order, without sorting a million of them.</summary>
    internal IEnumerable<OfferRow> UnsortedRows => _store.Rows;

    /// <summary>A delta that changes no listing.</summary>
    internal void Note(ReadOnlySpan<byte> delta) => Position = Position.After(delta);

    /// <param name="after">The position after it, which was checked before.</param>
    internal void Replay(OfferDelta delta, IndexPosition after)
    {
        Fold(delta);
        Position = after;
    }

    /// <returns>The delta that makes <see cref="MedianStake"/> the median over all listings now; null when it is that already.</returns>
    public OfferDelta? MedianStakeDelta()
    {
        if (Count == 0) return null;
        var stakes = _store.Stakes();
        Array.Sort(stakes);
        var median = new Money(stakes[Count / 2]);
        return median == MedianStake ? null : OfferDelta.MeasureStakeAgainst(median);
    }

    /// <summary>One exact match: filters, scores, the best K₀ with at most one per owner.</summary>
    public Shortlist Match(MatchQuery query, MatchDraw draw) => MatchAll([new WaitingMatch(query, draw)])[0];

    /// <summary>Many orders in one pass: each chunk of listings is asked by all of them while it is near the processor.</summary>
    /// <param name="waiting">At most <see cref="Limits.MatchesInOnePass"/>.</param>
    /// <returns>In the same order.</returns>
    public ImmutableArray<Shortlist> MatchAll(ReadOnlySpan<WaitingMatch> waiting)
    {
        ScanAll(waiting);
        var found = ImmutableArray.CreateBuilder<Shortlist>(waiting.Length);
        for (var i = 0; i < waiting.Length; i++) found.Add(ShortlistOf(_scans[i]));
        return found.MoveToImmutable();
    }

    /// <summary>The scan alone: allocates nothing once its buffers have grown.</summary>
    /// <returns>How many distinct providers passed every filter.</returns>
    public int Scan(MatchQuery query, MatchDraw draw)
    {
        ScanAll([new WaitingMatch(query, draw)]);
        return _scans[0].Best().IsEmpty ? 0 : _scans[0].ProvidersPassed;
    }

    /// <summary>Bytes of each listing that the last scan of one order read of its columns.</summary>
    public int BytesScannedPerListing => _scans.Count == 0 ? 0 : _scans[0].BytesPerListing;

    private void ScanAll(ReadOnlySpan<WaitingMatch> waiting)
    {
        if (waiting.Length > Limits.MatchesInOnePass)
            throw new ArgumentException($"{waiting.Length} matches are asked for at once; at most {Limits.MatchesInOnePass} are.", nameof(waiting));
        while (_scans.Count < waiting.Length) _scans.Add(new MatchScan(_store));
        for (var i = 0; i < waiting.Length; i++) _scans[i].Start(waiting[i].Query, waiting[i].Draw);
        var isLarge = Count > Limits.ListingsNearby;
        for (var at = _store.Next(-1); at >= 0;)
        {
            var next = _store.Next(at);
            var chunk = _store.ByNumber[at]!;
            for (var i = 0; i < waiting.Length; i++) _scans[i].Visit(chunk, i == 0 && next >= 0 && isLarge ? _store.ByNumber[next] : null);
            at = next;
        }

        for (var i = 0; i < waiting.Length; i++) _scans[i].Finish();
    }

    private Shortlist ShortlistOf(MatchScan scan)
    {
        var best = scan.Best();
        var candidates = ImmutableArray.CreateBuilder<MatchCandidate>(best.Length);
        foreach (ref readonly var entry in best) candidates.Add(CandidateOf(scan.Query, in entry));
        return new Shortlist(Position, MedianStake, Count, scan.ProvidersPassed, [.. scan.Excluded], candidates.MoveToImmutable());
    }

    private MatchCandidate CandidateOf(MatchQuery query, in BestOwners.Entry entry)
    {
        var listing = _store.ListingAt(_store.ChunkOf(entry.Place), entry.Place & Chunk.MostRows - 1);
        var ask = query.AskOf(in listing.Prices);
        return new MatchCandidate(
            listing.Provider, entry.Owner, listing.GpuModel, new RatePerHour(ask), query.FactorsOf(in listing, ask), entry.Score, 0, listing.IsPretended);
    }

    private void Fold(OfferDelta delta)
    {
        switch (delta.Kind)
        {
            case OfferDeltaKind.Upsert:
                Put(delta.Row ?? throw new ArgumentException("An upsert carries its row.", nameof(delta)));
                return;
            case OfferDeltaKind.Remove:
                _store.Remove(delta.Key);
                return;
            case OfferDeltaKind.MedianStake:
                _store.MeasureStakeAgainst(delta.MedianStake);
                return;
            case OfferDeltaKind.Merge:
                return;
            default:
                throw new ArgumentException($"A delta of kind {delta.Kind} is not known.", nameof(delta));
        }
    }

    private void Put(OfferRow row)
    {
        if (Listing.Fault(row) is { } fault) throw new ArgumentException($"The listing of {row.Provider} can't be indexed: {fault}.", nameof(row));
        _store.Put(row);
    }
}

/// <summary>One order's question and its chance, waiting to be asked.</summary>
public readonly record struct WaitingMatch(MatchQuery Query, MatchDraw Draw);
