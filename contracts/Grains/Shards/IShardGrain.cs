using System.Collections.Immutable;
using Orleans;

namespace Grid.Shards;

/// <summary>
/// The live ids of one kind, so that a cold start finds everything again: Orleans cannot enumerate its grains.
/// Key: <see cref="ShardKey"/>. A member joins before it is acknowledged to its caller.
/// </summary>
[Alias("Grid.Shards.IShardGrain")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns; joining twice is joining once.</summary>
    /// <returns>False where the page is full: join the next one.</returns>
    [Alias("Join")]
    Task<bool> Join(string member);

    /// <summary>Durable when it returns.</summary>
    /// <returns>False where the member was not on this page.</returns>
    [Alias("Leave")]
    Task<bool> Leave(string member);

    [Alias("List")]
    Task<ShardPage> List();

    /// <summary>Hints every member of this page to sweep itself.</summary>
    [Alias("Sweep")]
    Task Sweep();
}

/// <param name="HasNext">Whether a further page has ever been used.</param>
[GenerateSerializer, Alias("Grid.Shards.ShardPage")]
public sealed record ShardPage(ImmutableArray<string> Members, bool HasNext);
