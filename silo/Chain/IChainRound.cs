using Grid.Chain.Ethereum;

namespace Grid.Silo.Chain;

/// <summary>
/// What one concept does at every look at the chain: it reads how things stand and does what is due. Nothing is lost where a round fails.
/// </summary>
public interface IChainRound
{
    Task RunAsync(ChainMoment moment, CancellationToken cancellationToken);
}

/// <param name="Head">The newest block; a reorg may take it back.</param>
/// <param name="Firm">The last block that no reorg takes back.</param>
public sealed record ChainMoment(BlockHeader Head, BlockHeader Firm);
