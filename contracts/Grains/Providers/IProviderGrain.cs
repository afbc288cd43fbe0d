using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Shards;
using Orleans;
using Orleans.Concurrency;

namespace Grid.Providers;

/// <summary>A provider's profile, offer, capacity ledger and session. Key: the provider's address.</summary>
[Alias("Grid.Providers.IProviderGrain")]
public interface IProviderGrain : ISweptGrain
{
    /// <summary>A node has proved its key on a new link: its offer is taken, and older sessions end. Durable when it returns.</summary>
    [Alias("Connect")]
    Task<ConnectResult> Connect(NodeConnect connect);

    /// <summary>The link of this epoch is gone.</summary>
    [Alias("Disconnect")]
    Task Disconnect(long epoch);

    /// <summary>
    /// What a session that stands says now and then, and at once when it changes. It also gives the grain its link back: an activation that
    /// has ended has
    /// forgotten it.
    /// </summary>
    /// <returns>False where this session is not the provider's any more: its node must connect again.</returns>
    [Alias("Attach")]
    Task<bool> Attach(NodeAttachment attachment);

    /// <summary>The node lists other terms. An older version than the stored one is refused.</summary>
    [Alias("ChangeOffer")]
    Task<OfferResult> ChangeOffer(long epoch, Signed<Offer> offer, OfferTerms terms);

    /// <summary>The node's answer to a proposal. Idempotent by the lease's id.</summary>
    [Alias("Answer")]
    Task Answer(long epoch, NodeAnswer answer);

    /// <summary>A live bid from the offer and the free capacity at this moment, or the filter that it fails now.</summary>
    // A pure read, so that sixteen quotes of sixteen orders do not queue behind a write.
    [AlwaysInterleave]
    [Alias("Quote")]
    Task<Bid> Quote(QuoteRequest request);

    /// <summary>Holds capacity and devices for a lease until the hold expires. Idempotent by the lease's id.</summary>
    [Alias("Hold")]
    Task<HoldResult> Hold(HoldRequest request);

    /// <summary>Which of these orders fit, each by itself.</summary>
    // A pure read.
    [AlwaysInterleave]
    [Alias("Fits")]
    Task<ImmutableArray<RoomFit>> Fits(ImmutableArray<MatchRequirement> requirements);

    /// <summary>Keeps its room for an order that stands, for a few ticks, unless an older one has it. What was kept before is let
    /// go.</summary>
    [Alias("KeepRoom")]
    Task<RoomAnswer> KeepRoom(RoomRequest request);

    /// <summary>Posts a proposal for a held lease to the node's link. Its answer comes as <see cref="Answer"/>.</summary>
    /// <returns>False where the provider has no session or no such hold.</returns>
    [Alias("Propose")]
    Task<bool> Propose(LeaseProposal proposal);

    // A pure read of what the node has answered.
    [AlwaysInterleave]
    [Alias("GetAnswer")]
    Task<NodeAnswer?> GetAnswer(LeaseId lease);

    /// <summary>The lease is open: its hold no longer expires. Idempotent.</summary>
    [Alias("Confirm")]
    Task<bool> Confirm(LeaseId lease);

    /// <summary>Gives the lease's capacity back, or its hold. Idempotent.</summary>
    [Alias("Release")]
    Task Release(LeaseId lease);

    /// <summary>Tells the node, if it is connected, that the lease has something for it.</summary>
    [AlwaysInterleave] // Touches no state but the link's reference.
    [Alias("Nudge")]
    Task Nudge(LeaseId lease);

    /// <summary>A guide price that its prices follow is another one now.</summary>
    [OneWay]
    [Alias("GuidePriceMoved")]
    Task GuidePriceMoved();

    /// <summary>The rows that a matchmaker's index carries; empty where nothing is offered now.</summary>
    // A pure read.
    [AlwaysInterleave]
    [Alias("GetRows")]
    Task<ImmutableArray<OfferRow>> GetRows();

    /// <summary>The leases that are open there, as far as this operator opened them.</summary>
    // A pure read.
    [AlwaysInterleave]
    [Alias("GetLeases")]
    Task<ImmutableArray<LeaseId>> GetLeases();

    /// <summary>What of its devices is leased, as rewards count it.</summary>
    // A pure read.
    [AlwaysInterleave]
    [Alias("GetUnits")]
    Task<ProviderUnits> GetUnits();

    // A pure read.
    [AlwaysInterleave]
    [Alias("GetView")]
    Task<ProviderView?> GetView();
}

/// <param name="Bindings">What the node's own ledger has bound for this operator.</param>
/// <param name="Elsewhere">What it has bound for others.</param>
[GenerateSerializer, Alias("Grid.Providers.NodeConnect")]
public sealed record NodeConnect(
    INodeLink Link,
    Signed<Offer> Offer,
    OfferTerms Terms,
    Signed<OwnerConsent>? Consent,
    string BootId,
    ImmutableArray<NodeBinding> Bindings,
    BoundElsewhere? Elsewhere = null);

/// <param name="Elsewhere">What the node has bound for other operators, as it said last.</param>
/// <param name="RoundTripMs">Measured between this operator and the node; 0 where it is not known.</param>
[GenerateSerializer, Alias("Grid.Providers.NodeAttachment")]
public sealed record NodeAttachment(long Epoch, INodeLink Link, BoundElsewhere Elsewhere, int RoundTripMs);

[GenerateSerializer, Alias("Grid.Providers.NodeBinding")]
public sealed record NodeBinding(LeaseId Lease, Bindings Bindings);

/// <param name="Epoch">Of the new session; zero where refused.</param>
/// <param name="Unbound">Open leases that this node should run and does not know: they have ended there.</param>
[GenerateSerializer, Alias("Grid.Providers.ConnectResult")]
public sealed record ConnectResult(long Epoch, string? Refusal, ImmutableArray<LeaseId> Unbound);

[GenerateSerializer, Alias("Grid.Providers.OfferResult")]
public sealed record OfferResult(bool IsAccepted, string? Refusal);

/// <summary>Either an acceptance with what it binds, or a refusal.</summary>
[GenerateSerializer, Alias("Grid.Providers.NodeAnswer")]
public sealed record NodeAnswer(LeaseId Lease, Signed<Acceptance>? Acceptance, Bindings? Bindings, string? Refusal);

[GenerateSerializer, Alias("Grid.Providers.HoldRequest")]
public sealed record HoldRequest(LeaseId Lease, OrderId Order, string GpuModel, MatchRequirement Requirement, ImmutableArray<BoundPort> Ports, RatePerHour Rate);

/// <param name="Bindings">What is held; null where refused.</param>
[GenerateSerializer, Alias("Grid.Providers.HoldResult")]
public sealed record HoldResult(Bindings? Bindings, bool IsPretended, string? Refusal);

/// <param name="Asked">What it asks now: its listed prices, those that follow at their guide price.</param>
[GenerateSerializer, Alias("Grid.Providers.ProviderView")]
public sealed record ProviderView(
    ProviderId Provider,
    OfferTerms Terms,
    bool IsConnected,
    long Epoch,
    ResourceAmounts Free,
    int LiveLeases,
    ulong OfferVersion = 0,
    OfferPrices? Asked = null);

/// <summary>Reward multipliers in thousandths, each weighted by the share of its device.</summary>
/// <param name="LeasedMilli">Of open leases at this operator.</param>
/// <param name="CapacityMilli">Of all that is offered.</param>
[GenerateSerializer, Alias("Grid.Providers.ProviderUnits")]
public sealed record ProviderUnits(uint LeasedMilli, uint CapacityMilli);
