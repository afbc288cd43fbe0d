using Grid.Protocol.Eras;

namespace Grid.Eras;

/// <summary>Who observes and votes: this operator and its peers, by configuration or by the chain's registry.</summary>
public interface IOperatorSet
{
    /// <returns>The weights that count now; <see cref="OperatorWeights.Unknown"/> where nobody has any yet, or the chain has not been read.</returns>
    Task<OperatorWeights> GetWeightsAsync();
}
