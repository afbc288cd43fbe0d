using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Accounts;

/// <summary>A payer's money with one operator. All amounts are cumulative but for the holds.</summary>
public sealed record AccountState
{
    private readonly Money _held;
    private readonly Money _authorizedOpen;

    /// <summary>The ledger's deposit, as last mirrored.</summary>
    public Money Deposited { get; init; }

    /// <summary>What leases of others earned this account's owner as a provider.</summary>
    public Money Earned { get; init; }

    public Money Paid { get; init; }

    public Money Burned { get; init; }

    /// <summary>Money promised to open leases, cumulative over each lease's life.</summary>
    [JsonConverter(typeof(PackedHoldsJsonConverter))]
    public ImmutableSortedDictionary<LeaseId, LeaseHold> Holds
    {
        get;
        init => (field, _held) = (value.OrEmpty(), Sum(value.OrEmpty().Values.Select(static hold => hold.Total)));
    } = ImmutableSortedDictionary<LeaseId, LeaseHold>.Empty;

    /// <summary>Answers to repeat until the lease has stored them.</summary>
    public ImmutableSortedDictionary<LeaseId, Settlement> Settled { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<LeaseId, Settlement>.Empty;

    /// <summary>Credits to recognize a repeat by, until the lease has stored its settlement.</summary>
    public ImmutableSortedDictionary<LeaseId, Money> Credited { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<LeaseId, Money>.Empty;

    [JsonConverter(typeof(PackedAuthorizationsJsonConverter))]
    public ImmutableSortedDictionary<DeploymentId, LiveAuthorization> Authorizations
    {
        get;
        init => (field, _authorizedOpen) = (value.OrEmpty(), Sum(value.OrEmpty().Values.Select(static live => live.Unspent)));
    } = ImmutableSortedDictionary<DeploymentId, LiveAuthorization>.Empty;

    /// <summary>The payer's latest deployments that are over, newest last, so that they are still listed.</summary>
    public ImmutableArray<DeploymentId> Ended { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The latest authorization's number; the next one carries one more, without gaps.</summary>
    public ulong LastSequence { get; init; }

    public Hash256 LastAuthorization { get; init; }

    /// <summary>The payer's latest authorization itself, where a chain may ask for it (<see cref="GridIdentity.HasChain"/>).</summary>
    public Signed<Authorization>? LatestAuthorization { get; init; }

    /// <summary>What the payer has taken out of the escrow, cumulative, as last mirrored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Money Withdrawn { get; init; }

    /// <summary>What the operator has signed away and the chain has not yet shown as taken.</summary>
    public WithdrawalPromise? Withdrawal { get; init; }

    /// <summary>The payer's exit from the escrow runs: nothing more is held for him.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLeaving { get; init; }

    /// <summary>When that exit may be completed; zero where none runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ExitReadyUnixSeconds { get; init; }

    /// <summary>Of all holds, summed once for each change of them.</summary>
    public Money Held => _held;

    public Money Available => Unspent - Reserved;

    /// <summary>For a withdrawal: what its signature can still take, and no more than is there, since an exit takes without asking.</summary>
    public Money Reserved => Withdrawal is { } promise ? Money.Max(Money.Zero, Money.Min(promise.Withdrawn - Withdrawn, Unspent)) : Money.Zero;

    private Money Unspent => Deposited + Earned - Paid - Burned - Held;

    /// <summary>What the payer's live deployments may still cost.</summary>
    public Money AuthorizedOpen => _authorizedOpen;

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);
}

/// <param name="HeldAt">When it was first made, so that a sweep finds the holds that no lease stands behind.</param>
/// <param name="IsExtended">Only an open lease extends its hold: no need to ask for it again.</param>
public sealed record LeaseHold(DeploymentId Deployment, Money Total, DateTimeOffset HeldAt, bool IsExtended);

/// <param name="Withdrawn">The cumulative figure that was signed.</param>
public sealed record WithdrawalPromise(Money Amount, Money Withdrawn, long ExpiryUnixSeconds);

/// <param name="Charged">By this deployment's closed leases.</param>
/// <param name="HasEnded">Nothing more is held under it: it goes with the last hold that is left.</param>
public sealed record LiveAuthorization(
    Hash256 Authorization,
    Money MaxTotal,
    Money Charged,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool HasEnded = false)
{
    public Money Unspent => MaxTotal - Charged;
}
