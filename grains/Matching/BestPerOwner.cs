using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// The best K₀ listings seen so far, at most one per owner. What may be among them is gathered, and when the room is full all but the best K₀ go.
/// Exact in one pass: an owner goes for K₀ better ones, so it comes back only with a listing that deserves it.
/// </summary>
internal sealed class BestPerOwner
{
    private const int Absent = -1;
    private const int Room = 4 * MatchLimits.MaxCandidates;

    private readonly int[] _sortKeys = new int[Room];
    private readonly Entry[] _entries = new Entry[Room];
    private readonly IComparer<Entry> _byDraw;
    private OfferRow[] _rows = [];
    private int[] _placeOfOwner = [];
    private MatchDraw _draw;

    public BestPerOwner() => _byDraw = Comparer<Entry>.Create(CompareDraws);

    public int Count { get; private set; }

    /// <summary>The least score that can still get in; the tie decides at equality.</summary>
    public int Threshold { get; private set; }

    public void Start(OfferRow[] rows, int ownerCapacity, MatchDraw draw)
    {
        for (var i = 0; i < Count; i++) _placeOfOwner[_entries[i].Owner] = Absent;
        (Count, Threshold, _rows, _draw) = (0, 0, rows, draw);
        if (_placeOfOwner.Length >= ownerCapacity) return;
        var known = _placeOfOwner.Length;
        Array.Resize(ref _placeOfOwner, Math.Max(ownerCapacity, 2 * known));
        _placeOfOwner.AsSpan(known).Fill(Absent);
    }

    public void Offer(int row, int owner, int score)
    {
        var place = _placeOfOwner[owner];
        if (place != Absent)
        {
            if (IsBetterOfOwner(row, score, in _entries[place])) _entries[place] = new Entry(score, row, owner, 0);
            return;
        }

        if (Count == Room) KeepBest();
        if (score < Threshold) return;
        _placeOfOwner[owner] = Count;
        _entries[Count++] = new Entry(score, row, owner, 0);
    }

    /// <summary>Best first.</summary>
    public ReadOnlySpan<Entry> Sorted()
    {
        KeepBest();
        return _entries.AsSpan(0, Count);
    }

    private void KeepBest()
    {
        Sort();
        var kept = Math.Min(Count, MatchLimits.MaxCandidates);
        for (var i = 0; i < Count; i++) _placeOfOwner[_entries[i].Owner] = i < kept ? i : Absent;
        Count = kept;
        if (kept == MatchLimits.MaxCandidates) Threshold = _entries[kept - 1].Score;
    }

    /// <summary>By score; only where scores are equal the draw is asked.</summary>
    private void Sort()
    {
        for (var i = 0; i < Count; i++) _sortKeys[i] = -_entries[i].Score;
        Array.Sort(_sortKeys, _entries, 0, Count);
        for (int start = 0, end; start < Count && start < MatchLimits.MaxCandidates; start = end)
        {
            for (end = start + 1; end < Count && _sortKeys[end] == _sortKeys[start];) end++;
            if (end - start > 1) SortByDraw(_entries.AsSpan(start, end - start));
        }
    }

    private void SortByDraw(Span<Entry> equals)
    {
        foreach (ref var entry in equals) entry = entry with { Tie = _draw.TieBreak(_rows[entry.Row].Owner) };
        equals.Sort(_byDraw);
    }

    private int CompareDraws(Entry left, Entry right) =>
        left.Tie != right.Tie ? right.Tie.CompareTo(left.Tie) : _rows[left.Row].Owner.CompareTo(_rows[right.Row].Owner);

    /// <summary>The draw knows owners alone: between two listings of one, the key decides.</summary>
    private bool IsBetterOfOwner(int row, int score, in Entry known) =>
        score != known.Score ? score > known.Score : _rows[row].Key.CompareTo(_rows[known.Row].Key) < 0;

    /// <param name="Row">Its place in the index.</param>
    /// <param name="Owner">Its owner's number.</param>
    /// <param name="Tie">What was drawn among equal scores; not yet known where nobody has asked.</param>
    internal readonly record struct Entry(int Score, int Row, int Owner, ulong Tie);
}
