using System.Globalization;
using Grid.Chain.Crypto;

namespace Grid.Shards;

/// <summary>Formats and reads the key of a <see cref="IShardGrain"/>: <c>kind/00…63/page</c>.</summary>
public readonly record struct ShardKey(ShardKind Kind, int Shard, int Page)
{
    public const int ShardCount = 64;

    /// <summary>The shard that a member belongs to: the same in every process.</summary>
    public static ShardKey Of(ShardKind kind, string member) => new(kind, Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(member)).GetHashCode() & (ShardCount - 1), 0);

    public ShardKey Next() => this with { Page = Page + 1 };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}/{Shard:00}/{Page}");

    public static ShardKey Parse(string key)
    {
        var parts = key.Split('/');
        return new ShardKey(
            Enum.Parse<ShardKind>(parts[0]),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>What a shard lists.</summary>
public enum ShardKind
{
    Deployments,
    Leases,
    Providers,
    Accounts,
    Regions,

    /// <summary>Providers with open cases.</summary>
    Slashings,
}
