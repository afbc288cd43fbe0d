using System.Text.Json.Serialization;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum;

/// <summary>A block by number, or the newest of some firmness.</summary>
public readonly record struct BlockTag
{
    private readonly string? _name;

    private BlockTag(string? name, ulong number)
    {
        _name = name;
        Number = number;
    }

    /// <summary>The head; a reorg may take it away.</summary>
    public static BlockTag Latest { get; } = new("latest", 0);

    public static BlockTag Safe { get; } = new("safe", 0);

    /// <summary>What no reorg takes away.</summary>
    public static BlockTag Finalized { get; } = new("finalized", 0);

    /// <summary>Whether it names a number and not a moving place.</summary>
    public bool IsNumber => _name is null;

    /// <summary>Of <see cref="At"/>; else 0.</summary>
    public ulong Number { get; }

    public static BlockTag At(ulong number) => new(null, number);

    /// <returns>As JSON-RPC writes it.</returns>
    public override string ToString() => _name ?? Rpc.Quantity.Format(Number);
}

/// <summary>One certain block: a number alone may mean another one after a reorg.</summary>
[method: JsonConstructor]
public readonly record struct BlockRef(ulong Number, Hash256 Hash)
{
    public override string ToString() => $"block {Number} ({Hash})";
}

/// <param name="TimestampSeconds">Unix time.</param>
public sealed record BlockHeader(ulong Number, Hash256 Hash, Hash256 ParentHash, ulong TimestampSeconds, UInt128 BaseFeePerGasWei, LogsBloom Bloom)
{
    public BlockRef Ref => new(Number, Hash);

    public bool Follows(BlockRef parent) => Number == parent.Number + 1 && ParentHash == parent.Hash;
}
