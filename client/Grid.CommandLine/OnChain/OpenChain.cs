using System.CommandLine;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Chain.Ethereum.Rpc;
using Grid.Client;
using Grid.CommandLine.Home;

namespace Grid.CommandLine.OnChain;

/// <summary>
/// The chain for one key of this user. What it sends waits in a file until it is final: a command that was cut off is finished by the
/// next one.
/// </summary>
internal sealed class OpenChain : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly ChainAccount? _account;
    private readonly RpcChain _chain;
    private readonly List<ChainTransactionAnswer> _sent = [];

    private OpenChain(ChainDeployment grid, Uri rpc, PrivateKey? key, string folder)
    {
        Grid = grid;
        _chain = new RpcChain(new RpcEndpoint("the chain's endpoint", _http, rpc, Limits.RpcTimeoutMs, TimeProvider.System));
        if (key is not null) _account = new ChainAccount(_chain, key, Path.Combine(folder, $"transactions-{grid.ChainId}-{key.Address}.json"));
    }

    public ChainDeployment Grid { get; }

    /// <summary>What this command has sent, in order.</summary>
    public IReadOnlyList<ChainTransactionAnswer> Sent => _sent;

    /// <param name="key">Stays the caller's.</param>
    public static OpenChain Of(ParseResult asked, Context context, PrivateKey key)
    {
        var (grid, rpc) = ChainOptions.Of(asked, context.Settings);
        try
        {
            return new OpenChain(grid, rpc, key, context.Home.ChainFolder);
        }
        catch (IOException e)
        {
            throw new GridException(GridErrorKind.Refused, $"Another command sends with this key: {e.Message}", e);
        }
    }

    /// <summary>For what anybody may look at.</summary>
    public static OpenChain ForReading(ParseResult asked, Context context)
    {
        var (grid, rpc) = ChainOptions.Of(asked, context.Settings);
        return new OpenChain(grid, rpc, null, context.Home.ChainFolder);
    }

    /// <returns>What one of the grid's contracts has told since its deployment, oldest first.</returns>
    public Task<IReadOnlyList<ChainEvent>> EventsAsync(Address contract, CancellationToken cancellation) => Guarded<IReadOnlyList<ChainEvent>>(async () =>
        [.. (await ChainHistory.ReadAsync(_chain, Grid, new LogFilter([contract], []), cancellation)).Select(static placed => placed.Event)]);

    public Task<T> ReadAsync<T>(ContractRead<T> read, CancellationToken cancellation) =>
        Guarded(() => _chain.ReadAsync(read, BlockTag.Latest, cancellation));

    /// <summary>The newest block's time: what the contracts call now.</summary>
    public Task<long> NowAsync(CancellationToken cancellation) => Guarded(async () =>
    {
        var head = await _chain.GetBlockAsync(BlockTag.Latest, cancellation);
        return head is null ? throw new GridException(GridErrorKind.BadAnswer, "The chain has no newest block.") : (long)head.TimestampSeconds;
    });

    /// <summary>Returns when it is mined.</summary>
    public async Task SendAsync(string name, ContractCall call, CancellationToken cancellation)
    {
        var mined = await Guarded(() => Account.SendAsync([(name, call)], cancellation));
        _sent.AddRange(mined.Select(static transaction => new ChainTransactionAnswer(transaction.Name, transaction.Hash, transaction.GasUsed)));
    }

    /// <summary>Lets a contract take so much of the key's tokens, where it may not yet.</summary>
    public async Task ApproveAsync(Address owner, Address spender, Protocol.Money amount, CancellationToken cancellation)
    {
        if (await ReadAsync(Grid.Token.Allowance(owner, spender), cancellation) >= amount) return;
        await SendAsync("approve", Grid.Token.Approve(spender, amount), cancellation);
    }

    public void Dispose()
    {
        _account?.Dispose();
        _http.Dispose();
    }

    private ChainAccount Account => _account ?? throw new InvalidOperationException("This chain was opened for reading only.");

    private static async Task<T> Guarded<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (ContractException e)
        {
            throw new GridException(GridErrorKind.Refused, e.Message, e);
        }
        catch (ChainException e)
        {
            throw new GridException(e.Fault == ChainFault.Unreachable ? GridErrorKind.Unreachable : GridErrorKind.BadAnswer, e.Message, e);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            throw new GridException(GridErrorKind.InvalidInput, e.Message, e);
        }
    }
}
