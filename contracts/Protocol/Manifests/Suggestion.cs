namespace Grid.Protocol.Manifests;

/// <summary>Finds the known word that a misspelt one probably means.</summary>
internal static class Suggestion
{
    private const int LongestWord = 32;

    /// <returns>The nearest known word within a third of the length, at most two edits; the first of equals; null when none is near.</returns>
    public static string? For(string word, IEnumerable<string> known)
    {
        if (word.Length is < 3 or > LongestWord) return null;
        var allowed = Math.Min(2, word.Length / 3);
        var (nearest, nearestDistance) = ((string?)null, allowed + 1);
        foreach (var candidate in known)
        {
            var distance = Distance(Folded(word), Folded(candidate));
            if (distance < nearestDistance) (nearest, nearestDistance) = (candidate, distance);
        }
        return nearest;
    }

    private static string Folded(string word) => word.Replace('-', '_').ToLowerInvariant();

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one word to the other: Damerau-Levenshtein, optimal string alignment.</summary>
    internal static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > LongestWord) return int.MaxValue;
        var (beforeLast, last, row) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++) last[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[to.Length];
    }
}
