using Grid.Eras;
using Grid.Protocol.Eras;

namespace Grid.Silo.Operators;

/// <summary>Without a chain the operator set is this operator and its peers, each of weight 1.</summary>
internal sealed class ConfiguredOperators(OperatorPeers peers, GridIdentity identity) : IOperatorSet
{
    public Task<OperatorWeights> GetWeightsAsync() => Task.FromResult(
        new OperatorWeights(peers.All().Select(static peer => peer.Operator).Append(identity.Operator).Select(static address => KeyValuePair.Create(address, 1UL))));
}
