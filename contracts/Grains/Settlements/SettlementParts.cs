using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Orleans;

namespace Grid.Settlements;

/// <summary>A payer's leaf with what answers a challenge of it.</summary>
/// <param name="Authorization">Null where nothing is charged or held.</param>
[GenerateSerializer, Alias("Grid.Settlements.BookedPayer")]
public sealed record BookedPayer(PayerLeaf Leaf, Signed<Authorization>? Authorization);

/// <summary>A lease as a batch charges it.</summary>
/// <param name="Charged">Cumulative; less than the lease's own figure where credit or deposit did not suffice.</param>
/// <param name="CompleteIn">The batch that charged it to its end; zero while that has not come.</param>
[GenerateSerializer, Alias("Grid.Settlements.BookedLease")]
public sealed record BookedLease(LeaseId Lease, Address Payer, Address Provider, Money Charged, int FeePpm, ulong CompleteIn);

/// <summary>A stretch of a batch's leaves: the same range of indexes in all three trees.</summary>
[GenerateSerializer, Alias("Grid.Settlements.SettlementPart")]
public sealed record SettlementPart(ImmutableArray<BookedPayer> Payers, ImmutableArray<ProviderLeaf> Providers, ImmutableArray<BookedLease> Leases);

/// <param name="Account">The leaf's index: the account's number − 1.</param>
[GenerateSerializer, Alias("Grid.Settlements.PayerShown")]
public sealed record PayerShown(uint Account, PayerProof Proof, Signed<Authorization>? Authorization);

[GenerateSerializer, Alias("Grid.Settlements.LeaseShown")]
public sealed record LeaseShown(Address Payer, Address Provider, LeaseProof Proof);
