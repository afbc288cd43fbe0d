using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Slashing;

/// <summary>What slashing asks of this operator's eras.</summary>
public interface IEraWitness
{
    EraSchedule Schedule { get; }

    /// <summary>The weights that count now.</summary>
    Task<OperatorWeights> GetWeightsAsync();

    /// <summary>What this operator itself saw of one provider: its book of an era that is over, cut to that provider.</summary>
    /// <returns>Null where it has none.</returns>
    Task<ObservationBook?> GetOwnAsync(ulong era, ProviderId provider);
}
