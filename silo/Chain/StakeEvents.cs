using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Chain.Ethereum.Contracts.Events;
using Grid.Protocol;
using Grid.Reputation;
using Orleans;

namespace Grid.Silo.Chain;

/// <summary>An event of a provider's stake is a hint to read it: what is active counts for its standing; what is unbonding is on its way out.</summary>
internal sealed class StakeEvents(ChainOptions options, IChain chain, IGrainFactory grains) : IChainEventSink
{
    public async Task TakeAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        foreach (var provider in events.Select(static placed => ProviderOf(placed.Event)).OfType<ProviderId>().Distinct().Order())
        {
            var stake = await chain.ReadAsync(options.Deployment.ProviderRegistry.ProviderOf(provider), BlockTag.Finalized, cancellationToken);
            await grains.GetGrain<IReputationGrain>(provider.ToString()).SetStake(stake.Active);
        }
    }

    private static ProviderId? ProviderOf(ChainEvent told) => told switch
    {
        ProviderEvent.Staked staked => staked.Provider,
        ProviderEvent.UnstakeRequested requested => requested.Provider,
        ProviderEvent.Slashed slashed => slashed.Provider,
        _ => null,
    };
}
