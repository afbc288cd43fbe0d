using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Settlements;

/// <summary>What a lease says of itself.</summary>
/// <param name="Charged">Cumulative, by its last receipt.</param>
/// <param name="IsClosed">It will never charge more.</param>
public sealed record LeaseFigure(LeaseId Lease, Address Payer, Address Provider, Money Charged, int FeePpm, bool IsClosed);

/// <summary>What escrow and account say of a payer. Read after the leases: then what they charge is held or paid here.</summary>
/// <param name="Spendable">Of the escrow's balance, what no withdrawal may take.</param>
/// <param name="Authorization">The latest, whose digest <paramref name="Digest"/> is; null where he has signed none.</param>
/// <param name="Holds">Cumulative over each lease's whole life; none for a payer who is leaving.</param>
/// <param name="MayBeGone">His exit is due by the time that a root can be posted: he can be charged nothing that no root has charged before.</param>
public sealed record PayerFigure(
    Address Payer,
    Money Spendable,
    Signed<Authorization>? Authorization,
    Hash256 Digest,
    ImmutableSortedDictionary<LeaseId, Money> Holds,
    bool MayBeGone = false)
{
    /// <summary>The most that a leaf of his may charge and hold: what an answer to a challenge can show.</summary>
    public Money Covered => Authorization is null || MayBeGone ? Money.Zero : Money.Max(Money.Zero, Money.Min(Spendable, Authorization.Value.CumulativeMax));
}
