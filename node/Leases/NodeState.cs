using Grid.Chain.Crypto;

namespace Grid.Node.Leases;

/// <summary>All that is durable of a node beside its keys and its leases' files.</summary>
public sealed record NodeState
{
    public NodeLedger Ledger { get; init; } = new();

    /// <summary>Raised when the terms change, so that an older offer is refused everywhere.</summary>
    public ulong OfferVersion { get; init; }

    public Hash256 OfferTermsHash { get; init; }
}
