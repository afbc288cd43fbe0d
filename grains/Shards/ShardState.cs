using System.Collections.Immutable;

namespace Grid.Shards;

public sealed record ShardState
{
    /// <summary>In ordinal order, also where it was read by a reader that knows of no comparer.</summary>
    public ImmutableSortedSet<string> Members { get; init => field = (value ?? []).WithComparer(StringComparer.Ordinal); } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether a further page has ever been used.</summary>
    public bool HasNext { get; init; }
}
