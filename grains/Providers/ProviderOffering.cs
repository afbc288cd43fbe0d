using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Reputation;

namespace Grid.Providers;

/// <summary>
/// What a provider has to sell at one moment: its terms, less what is promised here and bound elsewhere, with what others say about it.
/// </summary>
/// <param name="Guides">The guide prices as the provider knows them; null: where they start.</param>
/// <param name="Audits">Of these terms; null: none counts.</param>
public sealed record ProviderOffering(
    OfferTerms Terms,
    Hash256 TermsHash,
    CapacityLedger Ledger,
    ReputationStanding? Standing,
    int RoundTripMs,
    BoundElsewhere Elsewhere,
    ImmutableSortedDictionary<string, RatePerHour>? Guides = null,
    VerifiedAudits? Audits = null)
{
    /// <summary>A lease that burned this much counts as one observation.</summary>
    private const long MicroUnitsPerObservation = 1_000;

    /// <summary>What is asked now.</summary>
    public OfferPrices Asked => AskedPrices.Of(Terms.Prices, GuideOf);

    /// <summary>When the rows change by time alone: a hold or an audit expires.</summary>
    public DateTimeOffset NextExpiryAfter(DateTimeOffset now)
    {
        var (hold, audit) = (Ledger.NextExpiryAfter(now), Audits?.NextExpiryAfter(now) ?? DateTimeOffset.MaxValue);
        return hold < audit ? hold : audit;
    }

    public ResourceAmounts FreeAt(DateTimeOffset now)
    {
        var capacity = Terms.Capacity with { GpuMillis = Terms.Devices.Length * (long)OfferedDevice.WholeMillis };
        return AtLeastNothing(capacity - Ledger.BoundAt(now) - Elsewhere.Amounts);
    }

    /// <summary>One row for each GPU model, or one for the CPUs alone.</summary>
    public ImmutableArray<OfferRow> Rows(DateTimeOffset now) => OfferRows.Of(
        Terms with { Prices = Asked, ComplianceLabels = Audits?.LabelsAt(now) ?? [] },
        TermsHash,
        new LiveOffer(
            FreeAt(now), [.. Terms.Devices.Select(device => FreeDeviceOf(device, now))], IndexedStanding(), Audits?.AuditorsAt(now) ?? [],
            RoundTripMs));

    /// <summary>What a lease would bind now; null where it does not fit.</summary>
    public CapacityEntry? EntryFor(HoldRequest request, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var amounts = request.Requirement.Amounts;
        if (!Covers(FreeAt(now), amounts)) return null;
        if (DeviceChoice.Choose(Terms, Ledger, Elsewhere, request.GpuModel, amounts.GpuMillis, now) is not { } devices) return null;
        var isPretended = devices.Any(device => Terms.Devices.Any(offered => offered.Uuid == device.Uuid && offered.IsPretended));
        var bindings = new Bindings([.. devices], amounts.CpuMillis, amounts.MemoryMib, amounts.StorageMib, [.. request.Ports]);
        return new CapacityEntry(request.Order, bindings, amounts, isPretended, expiresAt);
    }

    /// <summary>The same amounts as a node's bindings say them.</summary>
    public static ResourceAmounts AmountsOf(Bindings bindings)
    {
        var gpuMillis = bindings.Devices.Sum(static device => (long)device.ShareMillis);
        return new ResourceAmounts(bindings.CpuMillis, bindings.MemoryMib, bindings.StorageMib, gpuMillis, bindings.Ports.Count);
    }

    /// <summary>Thousandths of a device that are promised here or bound elsewhere.</summary>
    internal long BoundOf(OfferedDevice device, DateTimeOffset now) =>
        Ledger.BoundOfDevice(device.Uuid, now) + Elsewhere.ShareOf(device.Uuid);

    private RatePerHour? GuideOf(string key) =>
        Guides is { } known && known.TryGetValue(key, out var guide) ? guide : PriceKeys.BaseOf(key);

    private static bool Covers(ResourceAmounts free, ResourceAmounts wanted) =>
        free.CpuMillis >= wanted.CpuMillis && free.MemoryMib >= wanted.MemoryMib && free.GpuMillis >= wanted.GpuMillis
        && free.Ports >= wanted.Ports && free.StorageMib.Covers(wanted.StorageMib);

    /// <summary>What the node has bound and what is held here may together be more than there is, until one of them is refused or expires.</summary>
    private static ResourceAmounts AtLeastNothing(in ResourceAmounts free) => new(
        Math.Max(0, free.CpuMillis),
        Math.Max(0, free.MemoryMib),
        new StorageAmounts(Math.Max(0, free.StorageMib.Default), Math.Max(0, free.StorageMib.Hdd), Math.Max(0, free.StorageMib.Ssd), Math.Max(0, free.StorageMib.Nvme)),
        Math.Max(0, free.GpuMillis),
        Math.Max(0, free.Ports));

    private FreeDevice FreeDeviceOf(OfferedDevice device, DateTimeOffset now)
    {
        var freeMillis = (int)Math.Max(0, BoundDevice.WholeMillis - BoundOf(device, now));
        return new FreeDevice(device.Uuid, freeMillis, freeMillis * 100 / BoundDevice.WholeMillis);
    }

    private ProviderStanding IndexedStanding()
    {
        if (Standing is not { } standing) return ProviderStanding.Newcomer;
        var outcomes = new Observations(Counted(standing.GoodWeight), Counted(standing.TotalWeight));
        var uptime = Observations.Whole(standing.ChallengesPassed, standing.ChallengesMade).LowerBound;
        return new ProviderStanding(standing.Stake, standing.SlashedPpm, standing.ErasServed, uptime, ReputationFactor.Of(outcomes, standing.Tier), (byte)standing.Tier);
    }

    private static long Counted(long burnedMicroUnits) =>
        (long)Int128.Min((Int128)burnedMicroUnits * (1 << WilsonLowerBound.CountBits) / MicroUnitsPerObservation, WilsonLowerBound.MaxCount);
}
