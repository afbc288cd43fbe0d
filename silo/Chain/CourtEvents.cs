using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Protocol;
using Grid.Slashing;
using Orleans;
using CaseState = Grid.Slashing.CaseState;

namespace Grid.Silo.Chain;

/// <summary>Tells a provider's cases what has become of them: those of this operator, and those that others reported.</summary>
internal sealed class CourtEvents(ChainOptions options, IChain chain, IGrainFactory grains) : IChainEventSink
{
    public async Task TakeAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        foreach (var told in events.Select(static placed => placed.Event).OfType<CourtEvent>())
        {
            var (provider, news) = await ReadAsync(told, cancellationToken);
            await grains.GetGrain<ISlashingGrain>(provider.ToString()).Learn(news);
        }
    }

    private async Task<(ProviderId Provider, CaseNews News)> ReadAsync(CourtEvent told, CancellationToken cancellationToken)
    {
        switch (told)
        {
            case CourtEvent.Proposed proposed:
                return (proposed.Provider, new CaseNews(proposed.Id, CaseState.Proposed, proposed.Lease, proposed.Amount, proposed.DecidedAtUnixSeconds));
            case CourtEvent.Upheld upheld:
                return (upheld.Provider, new CaseNews(upheld.Id, CaseState.Upheld));
            case CourtEvent.Dismissed dismissed:
                return (dismissed.Provider, new CaseNews(dismissed.Id, CaseState.Dismissed));
            case CourtEvent.Executed executed:
                var amount = executed.Compensation + executed.Reward + executed.Burned;
                var left = await chain.ReadAsync(options.Deployment.ProviderRegistry.ProviderOf(executed.Provider), BlockTag.Finalized, cancellationToken);
                return (executed.Provider, new CaseNews(
                    executed.Id,
                    CaseState.Executed,
                    Amount: amount,
                    StakedBefore: left.Active + left.Unbonding + amount,
                    Shares: new(executed.Compensation, executed.Reward, executed.Burned)));
            default:
                throw new InvalidOperationException($"{told.GetType().Name} is no event of the court.");
        }
    }
}
