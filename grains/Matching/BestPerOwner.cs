using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// The best K₀ listings seen so far, at most one per owner: a heap with the worst at its root, and for each owner its place in the heap.
/// Exact in one pass: an entry only leaves for a better one, so an owner that was pushed out comes back only with a listing that deserves it.
/// </summary>
internal sealed class BestPerOwner
{
    private const int Absent = -1;

    private readonly Entry[] _heap = new Entry[MatchLimits.MaxCandidates];
    private OfferRow[] _rows = [];
    private int[] _placeOfOwner = [];
    private MatchDraw _draw;

    public int Count { get; private set; }

    /// <summary>The least score that can still get in; the tie decides at equality.</summary>
    public int Threshold => Count < _heap.Length ? -1 : _heap[0].Score;

    public ReadOnlySpan<Entry> Entries => _heap.AsSpan(0, Count);

    public void Start(OfferRow[] rows, int ownerCapacity, MatchDraw draw)
    {
        for (var i = 0; i < Count; i++) _placeOfOwner[_heap[i].Owner] = Absent;
        Count = 0;
        _rows = rows;
        _draw = draw;
        if (_placeOfOwner.Length >= ownerCapacity) return;
        var known = _placeOfOwner.Length;
        Array.Resize(ref _placeOfOwner, Math.Max(ownerCapacity, 2 * known));
        _placeOfOwner.AsSpan(known).Fill(Absent);
    }

    public void Offer(int row, int owner, int score)
    {
        var entry = new Entry(score, _draw.TieBreak(_rows[row].Owner), row, owner);
        var place = _placeOfOwner[owner];
        if (place != Absent)
        {
            if (IsBetter(entry, _heap[place])) SiftDown(place, entry);
            return;
        }

        if (Count < _heap.Length) SiftUp(Count++, entry);
        else if (IsBetter(entry, _heap[0]))
        {
            _placeOfOwner[_heap[0].Owner] = Absent;
            SiftDown(0, entry);
        }
    }

    /// <summary>Best first. Ends the heap: the next use is a <see cref="Start"/>.</summary>
    public ReadOnlySpan<Entry> Sorted()
    {
        var entries = _heap.AsSpan(0, Count);
        entries.Sort((left, right) => IsBetter(left, right) ? -1 : IsBetter(right, left) ? 1 : 0);
        return entries;
    }

    private bool IsBetter(in Entry left, in Entry right)
    {
        if (left.Score != right.Score) return left.Score > right.Score;
        if (left.Tie != right.Tie) return left.Tie > right.Tie;
        var byOwner = _rows[left.Row].Owner.CompareTo(_rows[right.Row].Owner);
        return byOwner != 0 ? byOwner < 0 : _rows[left.Row].Key.CompareTo(_rows[right.Row].Key) < 0;
    }

    private void SiftUp(int place, in Entry entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (!IsBetter(_heap[parent], entry)) break;
            Put(place, _heap[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void SiftDown(int place, in Entry entry)
    {
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsBetter(_heap[child], _heap[child + 1])) child++;
            if (!IsBetter(entry, _heap[child])) break;
            Put(place, _heap[child]);
            place = child;
        }

        Put(place, entry);
    }

    private void Put(int place, in Entry entry)
    {
        _heap[place] = entry;
        _placeOfOwner[entry.Owner] = place;
    }

    /// <param name="Row">Its place in the index.</param>
    /// <param name="Owner">Its owner's number.</param>
    internal readonly record struct Entry(int Score, ulong Tie, int Row, int Owner);
}
