namespace Grid.Silo.Api;

internal static class BoundedReads
{
    /// <summary>Reads each key, a bounded number at once; the results stand in the keys' order.</summary>
    public static async Task<IReadOnlyList<TResult>> AllAsync<TKey, TResult>(IEnumerable<TKey> keys, Func<TKey, Task<TResult>> read)
    {
        var results = new List<TResult>();
        foreach (var batch in keys.Chunk(Limits.ReadsAtOnce)) results.AddRange(await Task.WhenAll(batch.Select(read)));
        return results;
    }
}
