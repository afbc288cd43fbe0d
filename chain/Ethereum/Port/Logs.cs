using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum;

/// <param name="Index">Of the log among all of its block.</param>
public sealed record LogEntry(Address Address, ImmutableArray<Hash256> Topics, ReadOnlyMemory<byte> Data, BlockRef Block, Hash256 Transaction, ulong Index)
{
    public bool Equals(LogEntry? other) =>
        other is not null && Address == other.Address && Block == other.Block && Transaction == other.Transaction && Index == other.Index
        && Topics.SequenceEqual(other.Topics) && Data.Span.SequenceEqual(other.Data.Span);

    public override int GetHashCode() => HashCode.Combine(Block, Index);
}

/// <summary>Logs of any of these contracts whose first topic is any of these.</summary>
/// <param name="Events">First topics; none means all.</param>
public sealed record LogFilter(ImmutableArray<Address> Contracts, ImmutableArray<Hash256> Events)
{
    /// <summary>At least one: to a node none would mean all.</summary>
    public ImmutableArray<Address> Contracts { get; } =
        Contracts.IsDefaultOrEmpty ? throw new ArgumentException("A filter names at least one contract.", nameof(Contracts)) : Contracts;

    public bool Matches(LogEntry log) =>
        Contracts.Contains(log.Address) && (Events.IsEmpty || (log.Topics.Length > 0 && Events.Contains(log.Topics[0])));

    /// <returns>False where the block surely has no such log.</returns>
    public bool MayMatch(LogsBloom bloom) => Contracts.Any(bloom.MayHold) && (Events.IsEmpty || Events.Any(bloom.MayHold));
}
