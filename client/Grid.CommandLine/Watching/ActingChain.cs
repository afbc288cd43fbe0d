using Grid.Chain.Ethereum.Contracts;
using Grid.CommandLine.OnChain;

namespace Grid.CommandLine.Watching;

/// <summary>
/// A chain that is read all the time, and sent to now and then: only then does it keep other commands of the same wallet from sending.
/// </summary>
internal sealed class ActingChain(OpenChain reading, Func<OpenChain> openSender) : IDisposable
{
    private readonly List<ChainTransactionAnswer> _sent = [];

    public ChainDeployment Grid => reading.Grid;

    /// <summary>Since it was opened.</summary>
    public IReadOnlyList<ChainTransactionAnswer> Sent => _sent;

    public Task<T> ReadAsync<T>(ContractRead<T> read, CancellationToken cancellation) => reading.ReadAsync(read, cancellation);

    public Task<long> NowAsync(CancellationToken cancellation) => reading.NowAsync(cancellation);

    public async Task SendAsync(Func<OpenChain, Task> act)
    {
        using var sender = openSender();
        try
        {
            await act(sender);
        }
        finally
        {
            _sent.AddRange(sender.Sent);
        }
    }

    public void Dispose() => reading.Dispose();
}
