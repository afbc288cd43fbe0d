using System.Numerics;
using Grid.Protocol;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// One order's way over an index: a word of 64 listings at a time is filtered, counted and bounded by its columns, and only what may be among the best is scored
/// exactly. Allocates nothing once its buffers have grown.
/// </summary>
internal sealed class MatchScan(ListingStore store)
{
    private readonly ColumnFilter _filter = new(store.Parts);
    private readonly ScoreBound _bound = new();
    private readonly Contenders _contenders = new();
    private readonly BestOwners _best = new();
    private readonly Column[] _columns = new Column[Columns.Count];
    private int _columnCount;
    private byte[] _seen = [];
    private MatchQuery? _query;

    private static ReadOnlySpan<Column> AlwaysRead =>
        [Column.Cpu, Column.Memory, Column.Storage, Column.GpuMillis, Column.Uptime, Column.Reputation, Column.SlashRate, Column.Stake];

    public int ProvidersPassed { get; private set; }

    public ReadOnlySpan<int> Excluded => _filter.Excluded;

    public MatchQuery Query => _query!;

    public void Start(MatchQuery query, MatchDraw draw)
    {
        (_query, ProvidersPassed) = (query, 0);
        _filter.Start(query, store.MedianStake);
        _bound.Start(query, BestRegion(query));
        _contenders.Clear();
        _best.Start(draw);
        ListColumns();
        if (_seen.Length < store.SiblingsCount) _seen = new byte[2 * store.SiblingsCount];
        else Seen.Clear();
    }

    /// <param name="next">The chunk after it, whose columns are called near meanwhile; null where somebody else does.</param>
    public void Visit(Chunk chunk, Chunk? next)
    {
        if (!_filter.Enter(chunk)) return;
        var passing = _filter.Passing(chunk);
        for (var word = 0; word < passing.Length; word++)
        {
            if (next is not null) CallNear(next, word);
            if (passing[word] == 0) continue;
            var reaching = _bound.Take(chunk, word, _best.Threshold, out var surely, out var maybe);
            var alive = _filter.Staked(chunk, word, Affordable(chunk, word, passing[word], surely, maybe));
            CountProviders(chunk, word, alive);
            reaching &= alive;
            if (reaching != 0) Contend(chunk, word, reaching);
        }
    }

    /// <summary>Once all chunks were visited.</summary>
    public void Finish()
    {
        JudgeContenders();
        ProvidersPassed += Seen.Count((byte)1);
    }

    /// <summary>Best first; after <see cref="Finish"/>.</summary>
    public ReadOnlySpan<BestOwners.Entry> Best() => _best.Sorted();

    /// <summary>Bytes of each listing that this order's scan reads of its columns.</summary>
    public int BytesPerListing => _columnCount * sizeof(ushort);

    /// <summary>A chunk's columns are too short for the processor to foresee the next one by itself.</summary>
    private void CallNear(Chunk chunk, int word)
    {
        foreach (var column in _columns.AsSpan(0, _columnCount)) Lanes.CallNear(ref chunk.Word(column, word));
    }

    private Span<byte> Seen => _seen.AsSpan(0, store.SiblingsCount);

    private ulong Affordable(Chunk chunk, int word, ulong alive, ulong surely, ulong maybe)
    {
        alive = _filter.Less(alive, alive & ~maybe, HardFilter.PriceCeiling);
        for (var open = alive & ~surely; open != 0;)
        {
            var bit = Lanes.TakeLowest(ref open);
            var ask = _query!.AskOf(chunk[word * Chunk.WordRows + bit].Prices.Value);
            if (ask > _query.Requirement.PriceCeiling.MicroUnits) alive = _filter.Less(alive, 1UL << bit, HardFilter.PriceCeiling);
        }

        return alive;
    }

    /// <summary>A provider with several listings counts once: it is marked here and counted at the end.</summary>
    private void CountProviders(Chunk chunk, int word, ulong alive)
    {
        var siblings = alive & chunk.HasSiblings[word];
        ProvidersPassed += BitOperations.PopCount(alive ^ siblings);
        while (siblings != 0) _seen[chunk.SiblingsOf(word * Chunk.WordRows + Lanes.TakeLowest(ref siblings))] = 1;
    }

    private void Contend(Chunk chunk, int word, ulong reaching)
    {
        if (_contenders.IsFull) JudgeContenders();
        var first = chunk.PlaceOf(word * Chunk.WordRows);
        while (reaching != 0)
        {
            var bit = Lanes.TakeLowest(ref reaching);
            _contenders.Add(first + bit, _bound[bit]);
        }
    }

    private void JudgeContenders()
    {
        var promising = _contenders.BoundOfBest(MatchLimits.MaxCandidates, _best);
        for (var i = 0; i < _contenders.Count; i++)
        {
            if (_contenders.Bounds[i] >= promising) Judge(i);
        }

        for (var i = 0; i < _contenders.Count; i++)
        {
            if (_contenders.Bounds[i] < promising) Judge(i);
        }

        _contenders.Clear();
    }

    private void Judge(int contender)
    {
        if (_contenders.Bounds[contender] < _best.Threshold) return;
        var place = _contenders.Places[contender];
        var chunk = store.ChunkOf(place);
        var at = place & Chunk.MostRows - 1;
        ref readonly var row = ref chunk[at];
        var score = Scoring.Score(FactorsOf(chunk, at, in row), _query!.Weights);
        if (score >= _best.Threshold) _best.Offer(place, store.OwnerOf(in row), score, store);
    }

    private Factors FactorsOf(Chunk chunk, int at, in ListedRow row)
    {
        var amounts = _query!.Requirement.Amounts;
        return new Factors(
            _query.RegionOf(store.Parts.Spots[row.Spot]),
            PriceFactor.Of(_query.Requirement.PriceCeiling, new RatePerHour(_query.AskOf(row.Prices.Value))),
            chunk.Cell(Column.Uptime, at),
            chunk.Cell(Column.Reputation, at),
            AvailabilityFactor.Of(
                row.CpuMillis - amounts.CpuMillis,
                row.MemoryMib - amounts.MemoryMib,
                row.StorageMib.Total - amounts.StorageMib.Total,
                row.GpuMillis - amounts.GpuMillis),
            chunk.Cell(Column.SlashRate, at),
            chunk.Cell(Column.Stake, at));
    }

    private void ListColumns()
    {
        _columnCount = 0;
        var listed = 0u;
        foreach (var column in AlwaysRead) List(column, ref listed);
        for (var kind = 0; kind < _bound.Price.Kinds; kind++) List(_bound.Price.ColumnOf(kind), ref listed);
        foreach (ref readonly var step in _filter.Plan.Steps)
        {
            if (step.Kind is FilterKind.AtLeast or FilterKind.AnyTrait) List(step.Column, ref listed);
        }
    }

    private void List(Column column, ref uint listed)
    {
        if ((listed >> (int)column & 1) != 0) return;
        listed |= 1u << (int)column;
        _columns[_columnCount++] = column;
    }

    private int BestRegion(MatchQuery query)
    {
        if (query.Requirement.Regions.IsEmpty) return Factor.One;
        var best = 0;
        for (var spot = 0; spot < store.Parts.Spots.Capacity; spot++)
        {
            if (store.Parts.Spots.IsInUse(spot)) best = Math.Max(best, query.RegionOf(store.Parts.Spots[spot]));
        }

        return best;
    }
}
