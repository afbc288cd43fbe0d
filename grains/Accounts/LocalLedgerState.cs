using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Accounts;

/// <summary>One payer's deposits in a grid without a chain.</summary>
public sealed record LocalLedgerState
{
    public Money Deposited { get; init; }

    /// <summary>The amounts by the ids of their orders, so that none counts twice.</summary>
    public ImmutableSortedDictionary<Hash256, Money> Funded { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<Hash256, Money>.Empty;
}
