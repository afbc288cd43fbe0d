using System.Collections.Immutable;

namespace Grid.Shards;

public sealed record ShardState
{
    /// <summary>
    /// Those that are no ids of 32 bytes, and those that an earlier version stored as text. In ordinal order, also where it was read
    /// by a reader that knows of no comparer.
    /// </summary>
    public ImmutableSortedSet<string> Members { get; init => field = (value ?? []).WithComparer(StringComparer.Ordinal); } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Deployments and leases, whose shards are written with every order: a page of 128 takes 5 KiB less than as text.</summary>
    public IdSet Ids { get; init; }

    /// <summary>Whether a further page has ever been used.</summary>
    public bool HasNext { get; init; }
}
