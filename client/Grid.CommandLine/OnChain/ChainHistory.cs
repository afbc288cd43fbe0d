using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Client;

namespace Grid.CommandLine.OnChain;

/// <summary>What the grid's contracts have told since their deployment.</summary>
internal static class ChainHistory
{
    /// <returns>Oldest first.</returns>
    /// <exception cref="GridException">There is more of it than a command reads.</exception>
    public static async Task<IReadOnlyList<PlacedEvent>> ReadAsync(
        IChain chain, ChainDeployment grid, LogFilter filter, CancellationToken cancellation)
    {
        var (events, told) = (new ChainEvents(grid), new List<PlacedEvent>());
        var head = await chain.GetBlockAsync(BlockTag.Latest, cancellation)
            ?? throw new GridException(GridErrorKind.BadAnswer, "The chain has no newest block.");
        for (var first = grid.Start.Number; first <= head.Number; first += Limits.BlocksPerPage)
        {
            var logs = await chain.GetLogsAsync(filter, first, Math.Min(head.Number, first + Limits.BlocksPerPage - 1), cancellation);
            told.AddRange(logs.Select(events.Decode).OfType<PlacedEvent>());
            if (told.Count > Limits.MaxEvents)
                throw new GridException(GridErrorKind.BadAnswer, $"The contracts have told more than {Limits.MaxEvents} events; use an indexer.");
        }

        return told;
    }
}
