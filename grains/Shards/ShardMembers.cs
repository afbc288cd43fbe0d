using Grid.Chain.Crypto;

namespace Grid.Shards;

/// <summary>The rules of one page of a shard: pure transitions over <see cref="ShardState"/>.</summary>
public static class ShardMembers
{
    public static int Count(ShardState page) => page.Members.Count + page.Ids.Count;

    public static bool Contains(ShardState page, string member) => page.Members.Contains(member) || (IsId(member, out var id) && page.Ids.Contains(id));

    public static ShardState With(ShardState page, string member)
    {
        if (Contains(page, member)) return page;
        return IsId(member, out var id) ? page with { Ids = page.Ids.With(id) } : page with { Members = page.Members.Add(member) };
    }

    public static ShardState Without(ShardState page, string member)
    {
        if (page.Members.Contains(member)) return page with { Members = page.Members.Remove(member) };
        return IsId(member, out var id) && page.Ids.Contains(id) ? page with { Ids = page.Ids.Without(id) } : page;
    }

    /// <summary>In an order that is the same each time.</summary>
    public static IEnumerable<string> All(ShardState page) => page.Members.Concat(page.Ids.Ascending.Select(static id => id.ToString()));

    /// <summary>Whether it is the one text of an id, so that it comes back as it was given.</summary>
    private static bool IsId(string member, out Hash256 id) => Hash256.TryParse(member, out id) && !member.AsSpan().ContainsAnyInRange('A', 'Z');
}
