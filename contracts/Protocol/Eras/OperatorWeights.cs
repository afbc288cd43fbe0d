using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>The operator set of an era. Quorum: more than 2/3 of the weight; minority: more than 1/3 (<c>docs/protocol/eras.md</c>).</summary>
public sealed class OperatorWeights
{
    private readonly ImmutableSortedDictionary<Address, ulong> _weights;

    /// <exception cref="ArgumentException">Nobody has weight, or there are more than <see cref="Limits.MaxOperators"/>.</exception>
    public OperatorWeights(IEnumerable<KeyValuePair<Address, ulong>> weights)
    {
        _weights = weights.Where(static entry => entry.Value > 0).ToImmutableSortedDictionary();
        if (_weights.Count is 0 or > Limits.MaxOperators) throw new ArgumentException($"An operator set has 1 to {Limits.MaxOperators} operators with weight, not {_weights.Count}.", nameof(weights));
        Total = _weights.Values.Aggregate(UInt128.Zero, static (sum, weight) => sum + weight);
    }

    /// <summary>A set in which nobody that anyone knows has weight: nothing is ever a quorum of it.</summary>
    public static OperatorWeights Unknown { get; } = new([KeyValuePair.Create(Address.Zero, 1UL)]);

    /// <summary>Ascending by address, as signatures are sent.</summary>
    public IEnumerable<Address> Operators => _weights.Keys;

    public int Count => _weights.Count;

    public UInt128 Total { get; }

    /// <summary>Zero for a stranger.</summary>
    public ulong Of(Address signer) => _weights.GetValueOrDefault(signer);

    public bool Contains(Address signer) => _weights.ContainsKey(signer);

    public UInt128 Of(IEnumerable<Address> signers) => signers.Distinct().Aggregate(UInt128.Zero, (sum, signer) => sum + Of(signer));

    public bool IsQuorum(UInt128 weight) => weight * 3 > Total * 2;

    public bool IsQuorum(IEnumerable<Address> signers) => IsQuorum(Of(signers));

    public bool IsMinority(UInt128 weight) => weight * 3 > Total;

    /// <summary>Who may propose an era's root: another one each era, and the next one after each round without a root.</summary>
    public Address Proposer(ulong era, long round) => _weights.Keys.ElementAt((int)((era + (ulong)round) % (ulong)Count));
}
