namespace Grid.Shards;

internal static class Limits
{
    public const int MembersPerPage = 128;

    /// <summary>Pages of one shard: 64 shards of 64 pages of 128 members make half a million live ids of one kind.</summary>
    public const int PagesPerShard = 64;

    /// <summary>Hints that one sweep has on their way at the same time.</summary>
    public const int HintsAtOnce = 32;
}
