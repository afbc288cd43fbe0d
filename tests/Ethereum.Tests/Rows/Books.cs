using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Chain.Ethereum.Following;
using Grid.Protocol;

namespace Grid.Tests.Ethereum.Rows;

/// <summary>What a reader of the Escrow's events has come to, over reorgs and over servers that err.</summary>
internal sealed class Books(IChain server, ChainDeployment grid)
{
    private static readonly CancellationToken s_token = TestContext.Current.CancellationToken;

    private readonly ChainEvents _events = new(grid);
    private readonly BlockFollower _follower = new(server, new FollowOptions(new ChainEvents(grid).Filter, Confirmations: 0));
    private ChainCursor _cursor = ChainCursor.After(grid.Start);

    public List<PlacedEvent> Events { get; } = [];

    /// <summary>What the server got wrong, and the follower noticed.</summary>
    public List<ChainFault> Noticed { get; } = [];

    public int Removed { get; private set; }

    public IEnumerable<EscrowEvent.Deposited> Deposits => Events.Select(placed => placed.Event).OfType<EscrowEvent.Deposited>();

    public Money Deposited => new(Deposits.Sum(deposit => deposit.Amount.MicroUnits));

    public async Task CatchUpAsync(int steps = 500)
    {
        for (var step = 0; step < steps; step++)
        {
            if (await StepAsync() is FollowResult.UpToDate) return;
        }

        Assert.Fail($"Not up to date after {steps} steps; noticed {string.Join(", ", Noticed.Distinct())}.");
    }

    /// <returns>Null where the server's answer was refused.</returns>
    public async Task<FollowResult?> StepAsync()
    {
        try
        {
            var result = await _follower.StepAsync(_cursor, s_token);
            if (result is FollowResult.Advanced advanced) Events.AddRange(advanced.Logs.Select(log => _events.Decode(log)!));
            if (result is FollowResult.RolledBack back)
            {
                Removed += back.Removed.Length;
                Events.RemoveAll(placed => back.Removed.Contains(placed.Block));
            }

            _cursor = result.Cursor;
            return result;
        }
        catch (ChainException e)
        {
            Noticed.Add(e.Fault);
            return null;
        }
    }
}
