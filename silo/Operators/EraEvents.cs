using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Eras;
using Grid.Protocol.Signing;
using Grid.Silo.Chain;
using Orleans;

namespace Grid.Silo.Operators;

/// <summary>Tells eras that the chain has taken a root: the follower reads final blocks alone, so that a commit is final at once.</summary>
internal sealed class EraEvents(IGrainFactory grains) : IChainEventSink
{
    public async Task TakeAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        foreach (var placed in events)
        {
            if (placed.Event is not EraEvent.EraCommitted committed) continue;
            var era = grains.GetGrain<IEraGrain>(committed.Era.ToString(CultureInfo.InvariantCulture));
            await era.Committed(new EraRoot(committed.Era, committed.Root, committed.Leaves, committed.Rewards), Hash256.Zero, placed.Transaction.ToString());
            await era.Finalized();
        }
    }
}
