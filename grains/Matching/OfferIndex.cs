using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// Every listing of a region in memory. Changes are deltas, O(1) each, folded into a running hash; a scan asks one query of every listing and allocates nothing.
/// What a scan finds depends on the listings alone, never on the order in which they came. One turn at a time: not thread-safe.
/// </summary>
public sealed class OfferIndex(RegionMap regions)
{
    private const int FirstCapacity = 64;

    private readonly Dictionary<OfferKey, int> _places = [];
    private readonly OrdinalTable<Address> _owners = new();
    private readonly OrdinalTable<ProviderId> _providers = new();
    private readonly CanonicalBytes _deltaBytes = new();
    private readonly BestPerOwner _best = new();
    private readonly int[] _excluded = new int[HardFilters.Count];
    private Listing[] _listings = new Listing[FirstCapacity];
    private OfferRow[] _rows = new OfferRow[FirstCapacity];
    private Identity[] _identities = new Identity[FirstCapacity];
    private long[] _scanOfProvider = new long[FirstCapacity];
    private long _scan;
    private int _providersPassed;

    public int Count { get; private set; }

    public IndexPosition Position { get; private set; } = IndexPosition.Start;

    /// <summary>The stake that others are measured against; changed by a delta, so that a replay sees it too.</summary>
    public Money MedianStake { get; private set; }

    /// <summary>All listings sorted by provider and model: with <see cref="Position"/> and <see cref="MedianStake"/> a snapshot.</summary>
    public IEnumerable<OfferRow> Rows => _rows.Take(Count).OrderBy(row => row.Key);

    public OfferRow? Find(OfferKey key) => _places.TryGetValue(key, out var place) ? _rows[place] : null;

    /// <summary>An index as a snapshot left it; the deltas after <paramref name="position"/> follow.</summary>
    public static OfferIndex Restore(RegionMap regions, IndexPosition position, Money medianStake, IEnumerable<OfferRow> rows)
    {
        var index = new OfferIndex(regions) { MedianStake = medianStake, Position = position };
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

    /// <returns>The delta that makes <see cref="MedianStake"/> the median over all listings now; null when it is that already.</returns>
    public OfferDelta? MedianStakeDelta()
    {
        if (Count == 0) return null;
        var stakes = new long[Count];
        for (var i = 0; i < Count; i++) stakes[i] = _rows[i].Standing.Stake.MicroUnits;
        Array.Sort(stakes);
        var median = new Money(stakes[Count / 2]);
        return median == MedianStake ? null : OfferDelta.MeasureStakeAgainst(median);
    }

    /// <summary>One exact match: filters, scores, the best K₀ with at most one per owner.</summary>
    public Shortlist Match(MatchQuery query, MatchDraw draw)
    {
        Scan(query, draw);
        var best = _best.Sorted();
        var candidates = ImmutableArray.CreateBuilder<MatchCandidate>(best.Length);
        foreach (ref readonly var entry in best) candidates.Add(CandidateOf(query, in entry));
        return new Shortlist(Position, MedianStake, Count, _providersPassed, [.. _excluded], candidates.MoveToImmutable());
    }

    /// <summary>The scan alone: allocates nothing once its buffers have grown. <see cref="Match"/> reads what it leaves.</summary>
    /// <returns>How many distinct providers passed every filter.</returns>
    public int Scan(MatchQuery query, MatchDraw draw)
    {
        Array.Clear(_excluded);
        _providersPassed = 0;
        _scan++;
        if (_scanOfProvider.Length < _providers.Capacity) Array.Resize(ref _scanOfProvider, Math.Max(_providers.Capacity, 2 * _scanOfProvider.Length));
        _best.Start(_rows, _owners.Capacity, draw);
        for (var place = 0; place < Count; place++) Visit(place, query);
        return _providersPassed;
    }

    private void Visit(int place, MatchQuery query)
    {
        ref readonly var listing = ref _listings[place];
        var excludedBy = query.Exclusion(in listing, _rows[place], out var ask);
        if (excludedBy != ListingFilter.Passed)
        {
            _excluded[excludedBy]++;
            return;
        }

        var identity = _identities[place];
        if (_scanOfProvider[identity.Provider] != _scan)
        {
            _scanOfProvider[identity.Provider] = _scan;
            _providersPassed++;
        }

        var score = Scoring.Score(query.FactorsOf(in listing, ask), query.Weights);
        if (score >= _best.Threshold) _best.Offer(place, identity.Owner, score);
    }

    private MatchCandidate CandidateOf(MatchQuery query, in BestPerOwner.Entry entry)
    {
        ref readonly var listing = ref _listings[entry.Row];
        var row = _rows[entry.Row];
        query.Exclusion(in listing, row, out var ask);
        return new MatchCandidate(row.Provider, row.Owner, row.Gpu.Model, new RatePerHour(ask), query.FactorsOf(in listing, ask), entry.Score, 0, row.Gpu.IsPretended);
    }

    private void Fold(OfferDelta delta)
    {
        switch (delta.Kind)
        {
            case OfferDeltaKind.Upsert:
                Put(delta.Row ?? throw new ArgumentException("An upsert carries its row.", nameof(delta)));
                return;
            case OfferDeltaKind.Remove:
                Remove(delta.Key);
                return;
            case OfferDeltaKind.MedianStake:
                MeasureStakeAgainst(delta.MedianStake);
                return;
            default:
                throw new ArgumentException($"A delta of kind {delta.Kind} is not known.", nameof(delta));
        }
    }

    private void Put(OfferRow row)
    {
        if (Listing.Fault(row) is { } fault) throw new ArgumentException($"The listing of {row.Provider} can't be indexed: {fault}.", nameof(row));
        if (_places.TryGetValue(row.Key, out var place)) Forget(place);
        else
        {
            if (Count == Limits.MaxListings) throw new ArgumentException($"The index holds {Limits.MaxListings} listings already.", nameof(row));
            place = Count++;
            if (place == _rows.Length) Grow();
            _places.Add(row.Key, place);
        }

        _rows[place] = row;
        _listings[place] = Listing.Of(row, regions, MedianStake);
        _identities[place] = new Identity(_owners.Acquire(row.Owner), _providers.Acquire(row.Provider));
    }

    private void Remove(OfferKey key)
    {
        if (!_places.Remove(key, out var place)) return;
        Forget(place);
        var last = --Count;
        if (place != last)
        {
            (_rows[place], _listings[place], _identities[place]) = (_rows[last], _listings[last], _identities[last]);
            _places[_rows[place].Key] = place;
        }

        (_rows[last], _listings[last]) = (null!, default);
    }

    private void Forget(int place)
    {
        _owners.Release(_rows[place].Owner);
        _providers.Release(_rows[place].Provider);
    }

    private void MeasureStakeAgainst(Money median)
    {
        MedianStake = median;
        for (var i = 0; i < Count; i++) _listings[i].Stake = (ushort)StakeFactor.Of(_rows[i].Standing.Stake, median);
    }

    private void Grow()
    {
        Array.Resize(ref _rows, 2 * _rows.Length);
        Array.Resize(ref _listings, _rows.Length);
        Array.Resize(ref _identities, _rows.Length);
    }

    private readonly record struct Identity(int Owner, int Provider);
}
