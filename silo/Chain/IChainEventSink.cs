using Grid.Chain.Ethereum.Contracts.Events;

namespace Grid.Silo.Chain;

/// <summary>Takes what has happened on the chain into one concept's grains.</summary>
public interface IChainEventSink
{
    /// <summary>
    /// Events of the grid's contracts in the order of the chain; final, so that none is ever taken back. After a crash the same come
    /// again: what is called must be idempotent. Until this returns the follower does not go on; where it throws, the same events come
    /// with the next round.
    /// </summary>
    Task TakeAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken);
}
