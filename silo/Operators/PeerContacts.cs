using System.Collections.Concurrent;
using Grid.Chain.Crypto;
using Grid.Eras;

namespace Grid.Silo.Operators;

/// <summary>Which peers have answered of late: who reaches a quorum of the operators is not the one that is cut off.</summary>
internal sealed class PeerContacts(IOperatorSet operators, GridIdentity identity, GridParameters parameters, TimeProvider time)
{
    private readonly ConcurrentDictionary<Address, long> _answeredAt = new();

    public void Answered(Address peer) => _answeredAt[peer] = time.GetTimestamp();

    /// <summary>Whether this operator and those that have answered of late are a quorum. One without peers always is.</summary>
    public async Task<bool> IsInTouchAsync()
    {
        var window = parameters.Tick * Limits.OutageWindowTicks;
        var recent = _answeredAt.Where(entry => time.GetElapsedTime(entry.Value) < window).Select(static entry => entry.Key);
        return (await operators.GetWeightsAsync()).IsQuorum(recent.Append(identity.Operator));
    }
}
