using System.Collections.Immutable;

namespace Grid.Shards;

public sealed record ShardState
{
    public ImmutableSortedSet<string> Members { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether a further page has ever been used.</summary>
    public bool HasNext { get; init; }
}
