using Orleans;

namespace Grid.Shards;

/// <summary>Joins, leaves and lists a kind's shards without the caller knowing about pages.</summary>
public static class Shard
{
    /// <summary>Durable when it returns.</summary>
    /// <returns>The page that took the member, to leave by.</returns>
    public static async Task<int> Join(IGrainFactory grains, ShardKind kind, string member)
    {
        for (var key = ShardKey.Of(kind, member); key.Page < Limits.PagesPerShard; key = key.Next())
        {
            if (await grains.GetGrain<IShardGrain>(key.ToString()).Join(member)) return key.Page;
        }

        throw new InvalidOperationException($"All {Limits.PagesPerShard} pages of a shard of {kind} are full.");
    }

    /// <summary>Durable when it returns; idempotent.</summary>
    public static Task Leave(IGrainFactory grains, ShardKind kind, string member, int page) =>
        grains.GetGrain<IShardGrain>((ShardKey.Of(kind, member) with { Page = page }).ToString()).Leave(member);

    /// <summary>As <see cref="Leave"/>, for a member that does not know its page: it joined and was never stored.</summary>
    public static async Task LeaveAnyPage(IGrainFactory grains, ShardKind kind, string member)
    {
        for (var key = ShardKey.Of(kind, member); key.Page < Limits.PagesPerShard; key = key.Next())
        {
            var page = grains.GetGrain<IShardGrain>(key.ToString());
            if (await page.Leave(member) || !(await page.List()).HasNext) return;
        }
    }

    /// <summary>Every live member of a kind, in an order that is the same each time.</summary>
    public static async Task<IReadOnlyList<string>> ListAll(IGrainFactory grains, ShardKind kind)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, ShardKey.ShardCount).Select(shard => ListShard(grains, new ShardKey(kind, shard, 0))));
        return [.. shards.SelectMany(static members => members)];
    }

    private static async Task<IReadOnlyList<string>> ListShard(IGrainFactory grains, ShardKey first)
    {
        var members = new List<string>();
        for (var key = first; key.Page < Limits.PagesPerShard; key = key.Next())
        {
            var page = await grains.GetGrain<IShardGrain>(key.ToString()).List();
            members.AddRange(page.Members);
            if (!page.HasNext) break;
        }

        return members;
    }
}
