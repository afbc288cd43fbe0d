using Grid.Chain.Crypto;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// The best K₀ listings seen so far, at most one per owner, in any order: the worst is known at once, and so is what can still get in. Exact in one pass: an owner
/// goes for K₀ better ones, so it comes back only with a listing that deserves it.
/// </summary>
internal sealed class BestOwners
{
    private const int Most = MatchLimits.MaxCandidates;
    private const int Absent = -1;
    private const int IndexBits = 6;

    private readonly int[] _scores = new int[Most];
    private readonly int[] _ownerMarks = new int[Most];
    private readonly Entry[] _entries = new Entry[Most];
    private readonly Entry[] _sorted = new Entry[Most];
    private readonly long[] _order = new long[Most];
    private MatchDraw _draw;
    private int _worst;

    public int Count { get; private set; }

    /// <summary>The least score that can still get in; the tie decides at equality.</summary>
    public int Threshold { get; private set; }

    public void Start(MatchDraw draw) => (Count, Threshold, _draw) = (0, 0, draw);

    /// <param name="isBefore">Whether, of two listings of one owner with one score, the one at the first place goes before that at the second.</param>
    public void Offer(int place, Address owner, int score, IPlaceOrder isBefore)
    {
        if (score < Threshold) return;
        var mark = owner.GetHashCode();
        var known = Find(owner, mark);
        if (known != Absent)
        {
            ref var mine = ref _entries[known];
            if (score < mine.Score || score == mine.Score && !isBefore.IsBefore(place, mine.Place)) return;
            mine = mine with { Place = place, Score = score };
            _scores[known] = score;
            if (known == _worst) FindWorst();
            return;
        }

        if (Count < Most) Add(new Entry(score, place, owner, null), mark);
        else if (score > Threshold || BeatsWorst(owner)) Put(_worst, new Entry(score, place, owner, null), mark);
    }

    /// <summary>How many of those seen have at least this score.</summary>
    public int CountFrom(int score) => Contenders.CountFrom(_scores.AsSpan(0, Count), score);

    /// <summary>Best first; nothing may be offered after it.</summary>
    public ReadOnlySpan<Entry> Sorted()
    {
        // A score is below 2^31 and there are few of them: one number carries both the score and where it stands.
        for (var i = 0; i < Count; i++) _order[i] = (long)-_entries[i].Score << IndexBits | (uint)i;
        _order.AsSpan(0, Count).Sort();
        for (var i = 0; i < Count; i++) _sorted[i] = _entries[(int)_order[i] & (1 << IndexBits) - 1];
        for (int start = 0, end; start < Count; start = end)
        {
            for (end = start + 1; end < Count && _sorted[end].Score == _sorted[start].Score;) end++;
            if (end - start > 1) SortByDraw(_sorted.AsSpan(start, end - start));
        }

        return _sorted.AsSpan(0, Count);
    }

    private int Find(Address owner, int mark)
    {
        for (var from = 0; from < Count;)
        {
            var next = _ownerMarks.AsSpan(from, Count - from).IndexOf(mark);
            if (next < 0) return Absent;
            if (_entries[from + next].Owner == owner) return from + next;
            from += next + 1;
        }

        return Absent;
    }

    private void Add(in Entry entry, int mark)
    {
        var at = Count++;
        (_entries[at], _scores[at], _ownerMarks[at]) = (entry, entry.Score, mark);
        if (Count == Most) FindWorst();
    }

    private void Put(int at, in Entry entry, int mark)
    {
        (_entries[at], _scores[at], _ownerMarks[at]) = (entry, entry.Score, mark);
        FindWorst();
    }

    private bool BeatsWorst(Address owner)
    {
        var tie = _draw.TieBreak(owner);
        var worst = TieOf(_worst);
        return tie > worst || tie == worst && owner < _entries[_worst].Owner;
    }

    private void FindWorst()
    {
        if (Count < Most) return;
        var least = _scores.Min();
        _worst = _scores.AsSpan().IndexOf(least);
        Threshold = least;
        for (var i = _worst + 1; i < Most; i++)
        {
            var step = _scores.AsSpan(i).IndexOf(least);
            if (step < 0) return;
            i += step;
            if (IsWorse(i, _worst)) _worst = i;
        }
    }

    /// <summary>Of two equal scores.</summary>
    private bool IsWorse(int left, int right)
    {
        var (mine, other) = (TieOf(left), TieOf(right));
        return mine < other || mine == other && _entries[left].Owner > _entries[right].Owner;
    }

    private ulong TieOf(int at) => _entries[at].Tie ?? Drawn(ref _entries[at]);

    private ulong Drawn(ref Entry entry)
    {
        var tie = _draw.TieBreak(entry.Owner);
        entry = entry with { Tie = tie };
        return tie;
    }

    /// <summary>By insertion: hardly ever more than a few, and a comparer would be garbage.</summary>
    private void SortByDraw(Span<Entry> equals)
    {
        foreach (ref var entry in equals)
        {
            if (entry.Tie is null) Drawn(ref entry);
        }

        for (var i = 1; i < equals.Length; i++)
        {
            for (var at = i; at > 0 && IsAfter(in equals[at - 1], in equals[at]); at--) (equals[at - 1], equals[at]) = (equals[at], equals[at - 1]);
        }
    }

    private static bool IsAfter(in Entry left, in Entry right) => left.Tie != right.Tie ? left.Tie < right.Tie : left.Owner > right.Owner;

    /// <param name="Place">In the index.</param>
    /// <param name="Tie">What was drawn among equal scores; null where nobody has asked.</param>
    internal readonly record struct Entry(int Score, int Place, Address Owner, ulong? Tie);
}

/// <summary>Which of two places of an index holds the lesser key.</summary>
internal interface IPlaceOrder
{
    bool IsBefore(int left, int right);
}
