namespace Grid.Matching;

/// <summary>The places of each provider that has several listings, under a small number that they share.</summary>
internal sealed class SiblingTable
{
    private readonly List<List<int>> _places = [];
    private readonly Stack<int> _free = new();

    /// <summary>One more than the largest number that was ever in use.</summary>
    public int Capacity => _places.Count;

    public IReadOnlyList<int> Of(int siblings) => _places[siblings];

    public int Open(int first)
    {
        if (!_free.TryPop(out var siblings))
        {
            siblings = _places.Count;
            _places.Add([]);
        }

        _places[siblings].Add(first);
        return siblings;
    }

    public void Add(int siblings, int place) => _places[siblings].Add(place);

    public void Remove(int siblings, int place) => _places[siblings].Remove(place);

    public void Move(int siblings, int from, int to) => _places[siblings][_places[siblings].IndexOf(from)] = to;

    public void Close(int siblings)
    {
        _places[siblings].Clear();
        _free.Push(siblings);
    }
}
