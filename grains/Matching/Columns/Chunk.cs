using System.Runtime.InteropServices;

namespace Grid.Matching;

/// <summary>
/// Up to <see cref="MostRows"/> listings, column beside column, so that what a scan reads of them stays in the processor's nearest memory. Reading
/// whole words of 64 may go beyond a column's last listing: what is read there counts for nothing.
/// </summary>
internal sealed class Chunk
{
    public const int MostRows = 1024;
    public const int RowBits = 10;
    public const int WordRows = 64;

    /// <summary>The kind of a chunk whose listings have several.</summary>
    public const int MixedKinds = -1;

    /// <summary>Listings by which a small chunk grows.</summary>
    public const int RowStep = 8;

    /// <summary>Of a listing whose provider has no other one.</summary>
    public const int NoSiblings = -1;

    private ushort[] _cells;
    private ListedRow[] _rows;
    private int[] _siblings;
    private int[] _kinds;
    private int _capacity;

    /// <param name="capacity">Room to begin with, in listings.</param>
    public Chunk(int number, int kind, int capacity)
    {
        (Number, Kind, _capacity) = (number, kind, capacity);
        _cells = NewCells(capacity);
        _rows = new ListedRow[capacity];
        _siblings = new int[capacity];
        _kinds = kind == MixedKinds ? new int[capacity] : [];
    }

    /// <summary>Its place among the index's chunks.</summary>
    public int Number { get; }

    public int Kind { get; }

    public int Count { get; private set; }

    public bool IsFull => Count == MostRows;

    public int WordCount => (Count + WordRows - 1) / WordRows;

    /// <summary>Of each word the listings whose provider has another one.</summary>
    public ulong[] HasSiblings { get; } = new ulong[MostRows / WordRows];

    public Span<ListedRow> Rows => _rows.AsSpan(0, Count);

    public ref ListedRow this[int row] => ref _rows[row];

    public ref ushort Cell(Column column, int row) => ref _cells[(int)column * _capacity + row];

    /// <summary>A column's first cell of the word.</summary>
    public ref ushort Word(Column column, int word) =>
        ref System.Runtime.CompilerServices.Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), (int)column * _capacity + word * WordRows);

    /// <summary>Which of a word's 64 rows there are.</summary>
    public ulong Present(int word)
    {
        var rows = Count - word * WordRows;
        return rows >= WordRows ? ulong.MaxValue : (1UL << rows) - 1;
    }

    public int PlaceOf(int row) => Number << RowBits | row;

    /// <summary>The number that its provider's listings share, or <see cref="NoSiblings"/>.</summary>
    public int SiblingsOf(int row) => _siblings[row];

    public void SetSiblings(int row, int siblings)
    {
        _siblings[row] = siblings;
        var bit = 1UL << row % WordRows;
        if (siblings == NoSiblings) HasSiblings[row / WordRows] &= ~bit;
        else HasSiblings[row / WordRows] |= bit;
    }

    public int KindOf(int row) => Kind == MixedKinds ? _kinds[row] : Kind;

    /// <returns>The row's number; its cells are still to be written.</returns>
    public int Append(in ListedRow row, int kind)
    {
        if (Count == _capacity) Resize(Math.Min(MostRows, _capacity + RowStep));
        _rows[Count] = row;
        if (Kind == MixedKinds) _kinds[Count] = kind;
        return Count++;
    }

    /// <summary>Puts the last listing of <paramref name="from"/> in place of <paramref name="row"/> and takes it off there.</summary>
    public void Replace(int row, Chunk from)
    {
        var last = from.Count - 1;
        _rows[row] = from._rows[last];
        if (Kind == MixedKinds) _kinds[row] = from._kinds[last];
        for (var column = 0; column < Columns.Count; column++) Cell((Column)column, row) = from.Cell((Column)column, last);
        SetSiblings(row, from._siblings[last]);
        from.SetSiblings(last, NoSiblings);
        from.Count--;
    }

    private static ushort[] NewCells(int capacity) => new ushort[Columns.Count * capacity + WordRows];

    private void Resize(int capacity)
    {
        var grown = NewCells(capacity);
        for (var column = 0; column < Columns.Count; column++) _cells.AsSpan(column * _capacity, Count).CopyTo(grown.AsSpan(column * capacity));
        (_cells, _capacity) = (grown, capacity);
        Array.Resize(ref _rows, capacity);
        Array.Resize(ref _siblings, capacity);
        if (Kind == MixedKinds) Array.Resize(ref _kinds, capacity);
    }
}
