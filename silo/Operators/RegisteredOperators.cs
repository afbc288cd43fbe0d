using Grid.Chain.Crypto;
using Grid.Chain.Ethereum;
using Grid.Chain.Ethereum.Contracts;
using Grid.Eras;
using Grid.Protocol.Eras;
using Grid.Silo.Chain;

namespace Grid.Silo.Operators;

/// <summary>The weights of this operator and its peers as the chain's registry has them at the last final block. Weight of operators that nobody has named here counts as absent.</summary>
internal sealed class RegisteredOperators(ChainOptions options, IChain chain, OperatorPeers peers, GridIdentity identity) : IOperatorSet, IChainRound
{
    private volatile OperatorWeights _weights = OperatorWeights.Unknown;

    public Task<OperatorWeights> GetWeightsAsync() => Task.FromResult(_weights);

    public async Task RunAsync(ChainMoment moment, CancellationToken cancellationToken)
    {
        var registry = options.Deployment.OperatorRegistry;
        var at = BlockTag.At(moment.Firm.Number);
        var weights = new List<KeyValuePair<Address, ulong>>();
        var named = 0L;
        foreach (var address in peers.All().Select(static peer => peer.Operator).Append(identity.Operator).Order().Take(Protocol.Eras.Limits.MaxOperators - 1))
        {
            var weight = (await chain.ReadAsync(registry.OperatorOf(address), at, cancellationToken)).Weight.MicroUnits;
            named += weight;
            weights.Add(KeyValuePair.Create(address, (ulong)weight));
        }

        var strangers = (await chain.ReadAsync(registry.TotalWeight(), at, cancellationToken)).MicroUnits - named;
        if (strangers > 0) weights.Add(KeyValuePair.Create(Address.Zero, (ulong)strangers));
        _weights = weights.Any(static entry => entry.Value > 0) ? new OperatorWeights(weights) : OperatorWeights.Unknown;
    }
}
