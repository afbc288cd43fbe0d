namespace Grid.Matching;

/// <summary>Small numbers for values while something refers to them; a number that nobody refers to is given out again.</summary>
internal sealed class InternTable<T>(IEqualityComparer<T>? comparer = null)
    where T : notnull
{
    private readonly Dictionary<T, int> _ordinals = new(comparer);
    private readonly Stack<int> _free = new();
    private (T Value, int References)[] _entries = new (T, int)[4];

    /// <summary>One more than the largest number that was ever in use.</summary>
    public int Capacity { get; private set; }

    public T this[int ordinal] => _entries[ordinal].Value;

    public bool IsInUse(int ordinal) => _entries[ordinal].References > 0;

    public int Acquire(T value)
    {
        if (!_ordinals.TryGetValue(value, out var ordinal))
        {
            ordinal = _free.Count > 0 ? _free.Pop() : Capacity++;
            if (ordinal == _entries.Length) Array.Resize(ref _entries, 2 * ordinal);
            _entries[ordinal].Value = value;
            _ordinals.Add(value, ordinal);
        }

        _entries[ordinal].References++;
        return ordinal;
    }

    public void Release(int ordinal)
    {
        if (--_entries[ordinal].References > 0) return;
        _ordinals.Remove(_entries[ordinal].Value);
        _entries[ordinal] = default;
        _free.Push(ordinal);
    }
}
