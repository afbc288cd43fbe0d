using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>Something that one of the grid's contracts told.</summary>
public abstract record ChainEvent;

/// <summary>An event and where it stands in the chain. (Block, LogIndex) orders and names it; a reorg may take it back.</summary>
/// <param name="Contract">Who told it.</param>
public sealed record PlacedEvent(ChainEvent Event, Address Contract, BlockRef Block, Hash256 Transaction, ulong LogIndex);
