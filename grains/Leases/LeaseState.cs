using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Leases;

/// <summary>All that is durable of a lease.</summary>
public sealed record LeaseState
{
    public LeasePhase Phase { get; init; }

    public LeaseTerms? Terms { get; init; }

    public Bindings? Bindings { get; init; }

    public Signed<Opening>? Opening { get; init; }

    /// <summary>The operator's word to the node; only ever grows.</summary>
    public Signed<PaidThrough>? PaidThrough { get; init; }

    /// <summary>What the account holds for this lease, over its whole life.</summary>
    public Money Held { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long the operator has seen the lease live, when this was stored; its own monotonic clock, in whole seconds.</summary>
    public long ObservedSeconds { get; init; }

    /// <summary>The wall clock when <see cref="ObservedSeconds"/> was stored: what passed while no activation watched is read off it.</summary>
    public DateTimeOffset ObservedAt { get; init; }

    public Signed<Receipt>? LastReceipt { get; init; }

    public Signature? LastCountersignature { get; init; }

    /// <summary>Preimage of the last receipt's content hash, where the node showed it.</summary>
    public Provenance? LastProvenance { get; init; }

    public ImmutableArray<ServiceReport> Services { get; init => field = value.OrEmpty(); } = [];

    public CloseReason Reason { get; init; }

    /// <summary>Nothing past these seconds is billed.</summary>
    public long CloseSeconds { get; init; }

    public Signed<Close>? CloseCommand { get; init; }

    /// <summary>When the last receipt is no longer waited for.</summary>
    public DateTimeOffset SettleBy { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Whether the settlement is booked with both accounts and the reputation.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Whether a root that is final on the chain has charged all of it; without a chain nothing asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBooked { get; init; }

    /// <summary>It ended because its node was silent: its provider owed the rest of what is paid.</summary>
    public bool WasLost { get; init; }

    /// <summary>Openings of an activation of its order below this number come too late.</summary>
    public long Fence { get; init; }

    /// <summary>The shard page that lists this lease.</summary>
    public int ShardPage { get; init; }

    public long BilledSeconds => LastReceipt?.Value.Seconds ?? 0;

    public Money Charged => LastReceipt?.Value.Charged ?? Money.Zero;

    public long PaidThroughSeconds => PaidThrough?.Value.Seconds ?? 0;
}
