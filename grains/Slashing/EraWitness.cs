using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Eras;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Reputation;
using Orleans;

namespace Grid.Slashing;

/// <summary>This operator's own observations, from its grains.</summary>
public sealed class EraWitness(IGrainFactory grains, GridIdentity identity, GridParameters parameters, IOperatorSet operators) : IEraWitness
{
    public EraSchedule Schedule => parameters.Eras.Schedule;

    public Task<OperatorWeights> GetWeightsAsync() => operators.GetWeightsAsync();

    public async Task<ObservationBook?> GetOwnAsync(ulong era, ProviderId provider)
    {
        if (await grains.GetGrain<IReputationGrain>(provider.ToString()).GetObservation(era) is not { } seen) return null;
        var view = await grains.GetGrain<IEraGrain>(era.ToString(CultureInfo.InvariantCulture)).GetView();
        return new ObservationBook(era, identity.Operator, view.Up, Hash256.Zero, Hash256.Zero, [seen]);
    }
}
