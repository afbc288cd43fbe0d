using Grid.Protocol.Eras;

namespace Grid.Eras;

/// <summary>Who observes and votes: this operator and its peers, by configuration or by the chain's registry.</summary>
public interface IOperatorSet
{
    /// <summary>The weights that count now.</summary>
    Task<OperatorWeights> GetWeightsAsync();
}
