namespace Grid.Chain.Ethereum.Queue;

/// <summary>Where the queue of one key survives a crash. One writer at a time.</summary>
public interface ITransactionStore
{
    /// <returns>Null before the first save.</returns>
    Task<TxQueueState?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the state survives a power cut; a crash on the way leaves the former one or this one, whole.</summary>
    Task SaveAsync(TxQueueState state, CancellationToken cancellationToken);
}
