using Grid.Protocol.Eras;

namespace Grid.Eras;

/// <summary>An operator without peers: its word alone is the quorum.</summary>
public sealed class OneOperator(GridIdentity identity) : IOperatorSet
{
    private readonly OperatorWeights _weights = new([KeyValuePair.Create(identity.Operator, 1UL)]);

    public Task<OperatorWeights> GetWeightsAsync() => Task.FromResult(_weights);
}
