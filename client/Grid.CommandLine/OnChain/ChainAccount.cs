using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Deploying;
using Grid.Chain.Ethereum.Queue;
using Grid.Chain.Ethereum.Signing;

namespace Grid.CommandLine.OnChain;

/// <summary>One key's way to the grid's contracts. Nobody else may send with this key meanwhile.</summary>
/// <param name="queueFile">Where its transactions survive this process: the next one that opens it goes on with them.</param>
internal sealed class ChainAccount(IChain chain, PrivateKey key, string queueFile) : IDisposable
{
    private readonly FileTransactionStore _store = new(queueFile);
    private TransactionQueue? _queue;

    public Address Address => key.Address;

    private TransactionQueue Queue => _queue ??= new TransactionQueue(chain, new KeySigner(key), _store, new QueuePolicy(Limits.MaxFeePerGasWei), TimeProvider.System);

    /// <returns>When they are mined, in their order.</returns>
    /// <exception cref="ContractException">One was refused or reverted; those before it are mined.</exception>
    /// <exception cref="ChainException">The chain is out of reach; what was sent may still be mined.</exception>
    public Task<IReadOnlyList<MinedTransaction>> SendAsync(IEnumerable<(string Name, ContractCall Call)> calls, CancellationToken cancellation)
    {
        var requests = calls.Select(static named => new NamedRequest(named.Name, named.Call.WithId(new Hash256(RandomNumberGenerator.GetBytes(Hash256.SizeBytes)))));
        return new TransactionRun(chain, Queue, TimeProvider.System).RunAsync([.. requests], cancellation);
    }

    /// <exception cref="ContractException">A contract was refused.</exception>
    public Task<DeploymentReport> DeployAsync(DeploymentPlan plan, CancellationToken cancellation) =>
        new GridDeployer(chain, Queue, TimeProvider.System).DeployAsync(plan, cancellation);

    public void Dispose()
    {
        _queue?.Dispose();
        _store.Dispose();
    }
}
