using System.Runtime.Intrinsics;
using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>
/// Listings that may be among the best, kept until there are so many that it pays to judge them exactly: the most promising first, so that the others need not be.
/// </summary>
internal sealed class Contenders
{
    private const int Most = 1024;

    private readonly int[] _bounds = new int[Most];
    private readonly int[] _places = new int[Most];

    public int Count { get; private set; }

    /// <summary>Whether another word of listings might not fit.</summary>
    public bool IsFull => Count > Most - Chunk.WordRows;

    public ReadOnlySpan<int> Bounds => _bounds.AsSpan(0, Count);

    public ReadOnlySpan<int> Places => _places.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(int place, int bound)
    {
        _bounds[Count] = bound;
        _places[Count++] = place;
    }

    /// <returns>A bound that at least <paramref name="wanted"/> of them and of the best so far reach, and hardly more unless many are equal.</returns>
    public int BoundOfBest(int wanted, BestOwners best)
    {
        var (reached, missed) = (0, Scoring.One + 1);
        while (missed - reached > 1)
        {
            var middle = reached + (missed - reached) / 2;
            var count = CountFrom(Bounds, middle) + best.CountFrom(middle);
            if (count < wanted) missed = middle;
            else reached = middle;
            if (count >= wanted && count <= wanted + wanted / 8) break;
        }

        return reached;
    }

    public static int CountFrom(ReadOnlySpan<int> bounds, int least)
    {
        var (leasts, counts) = (Vector512.Create(least), Vector512<int>.Zero);
        var at = 0;
        for (; at + Vector512<int>.Count <= bounds.Length; at += Vector512<int>.Count)
            counts -= Vector512.GreaterThanOrEqual(Vector512.Create(bounds[at..]), leasts);
        var count = Vector512.Sum(counts);
        for (; at < bounds.Length; at++) count += bounds[at] >= least ? 1 : 0;
        return count;
    }
}
