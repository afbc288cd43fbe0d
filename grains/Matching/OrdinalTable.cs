namespace Grid.Matching;

/// <summary>Small numbers for values while something refers to them; a number that nobody refers to is given out again.</summary>
internal sealed class OrdinalTable<T>
    where T : notnull
{
    private readonly Dictionary<T, (int Ordinal, int References)> _entries = [];
    private readonly Stack<int> _free = new();
    private int _next;

    /// <summary>One more than the largest number in use.</summary>
    public int Capacity => _next;

    public int Acquire(T value)
    {
        if (_entries.TryGetValue(value, out var entry))
        {
            _entries[value] = entry with { References = entry.References + 1 };
            return entry.Ordinal;
        }

        var ordinal = _free.Count > 0 ? _free.Pop() : _next++;
        _entries[value] = (ordinal, 1);
        return ordinal;
    }

    public void Release(T value)
    {
        var entry = _entries[value];
        if (entry.References > 1)
        {
            _entries[value] = entry with { References = entry.References - 1 };
            return;
        }

        _entries.Remove(value);
        _free.Push(entry.Ordinal);
    }
}
