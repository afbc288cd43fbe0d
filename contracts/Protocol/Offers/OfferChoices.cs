using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Offers;

/// <summary>One price that an owner has chosen.</summary>
/// <param name="Key">Of <see cref="PriceKeys"/>.</param>
/// <param name="Price">Fixed, or the floor where there is a ceiling.</param>
/// <param name="Ceiling">Null: fixed. Else the price follows the guide price up to here.</param>
public sealed record PriceChoice(string Key, RatePerHour Price, RatePerHour? Ceiling = null);

/// <summary>Whether GPUs of a model may be shared.</summary>
/// <param name="MaxShareMillis">The largest part of a device that one lease gets without taking it whole; 1000: leased only whole.</param>
public sealed record ShareChoice(string Model, int MaxShareMillis);

/// <summary>
/// What a provider's owner lists otherwise than the node's start said. Changed while the node runs; what is null or missing stays as it was
/// started.
/// </summary>
/// <param name="Prices">At most one a key.</param>
/// <param name="CpuMillis">At most what the node was started with.</param>
/// <param name="MemoryMib">At most what the node was started with.</param>
/// <param name="Attributes">All of them.</param>
/// <param name="Audits">All of them.</param>
/// <param name="ComplianceLabels">All of them.</param>
/// <param name="Shares">At most one a model.</param>
public sealed record OfferChoices(
    ImmutableArray<PriceChoice>? Prices = null,
    string? Zone = null,
    int? BandwidthMbps = null,
    int? MaxRunAheadSeconds = null,
    bool? AllowsHostImage = null,
    long? CpuMillis = null,
    long? MemoryMib = null,
    ImmutableArray<OfferAttribute>? Attributes = null,
    ImmutableArray<AttributeAudit>? Audits = null,
    ImmutableArray<string>? ComplianceLabels = null,
    ImmutableArray<ShareChoice>? Shares = null)
{
    /// <returns>Null where the terms that they make are sound, else the field, its value and what was expected.</returns>
    public string? Fault(OfferTerms started) => KeyFault(started) ?? CapacityFault(started) ?? OfferTermsCheck.Fault(Applied(started));

    /// <param name="started">What the node's own options list.</param>
    public OfferTerms Applied(OfferTerms started) => started with
    {
        Zone = Zone ?? started.Zone,
        BandwidthMbps = BandwidthMbps ?? started.BandwidthMbps,
        MaxRunAheadSeconds = MaxRunAheadSeconds ?? started.MaxRunAheadSeconds,
        AllowsHostImage = AllowsHostImage ?? started.AllowsHostImage,
        Capacity = started.Capacity with
        {
            CpuMillis = CpuMillis ?? started.Capacity.CpuMillis,
            MemoryMib = MemoryMib ?? started.Capacity.MemoryMib,
        },
        Attributes = Attributes is null ? started.Attributes : SortedAttributes,
        Audits = Audits ?? started.Audits,
        ComplianceLabels = ComplianceLabels is { } labels ? [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : started.ComplianceLabels,
        Prices = (Prices ?? []).Aggregate(started.Prices, Priced),
        Devices = [.. started.Devices.Select(Shared)],
    };

    /// <summary>As these, with one price more or another.</summary>
    public OfferChoices With(PriceChoice price) => this with { Prices = [.. (Prices ?? []).Where(other => other.Key != price.Key), price] };

    /// <summary>As these, with another share of a model.</summary>
    public OfferChoices With(ShareChoice share) =>
        this with { Shares = [.. (Shares ?? []).Where(other => other.Model != share.Model), share] };

    private string? KeyFault(OfferTerms started)
    {
        foreach (var price in Prices ?? [])
            if (started.Prices[price.Key] is null) return $"prices.{price.Key} is not offered here; expected {Offered(started)}.";
        foreach (var share in Shares ?? [])
            if (started.Devices.All(device => device.Model != share.Model))
                return $"shares.{share.Model} is not offered here; expected a model of this machine.";
        return null;
    }

    private static string Offered(OfferTerms started) =>
        string.Join(
            ", ", started.Prices.Gpus.Select(static gpu => gpu.Model).Prepend(PriceKeys.Storage).Prepend(PriceKeys.Memory)
            .Prepend(PriceKeys.Cpu));

    private string? CapacityFault(OfferTerms started)
    {
        if (CpuMillis is { } cpu && (cpu < 1 || cpu > started.Capacity.CpuMillis))
            return $"cpuMillis is {cpu}; expected 1 to {started.Capacity.CpuMillis}, which the node was started with.";
        if (MemoryMib is { } memory && (memory < 1 || memory > started.Capacity.MemoryMib))
            return $"memoryMib is {memory}; expected 1 to {started.Capacity.MemoryMib}, which the node was started with.";
        return null;
    }

    private OfferedDevice Shared(OfferedDevice device) =>
        (Shares ?? []).LastOrDefault(share => share.Model == device.Model) is { } share
            ? device with { MaxShareMillis = share.MaxShareMillis } : device;

    private static OfferPrices Priced(OfferPrices prices, PriceChoice choice)
    {
        var rate = choice.Price;
        var each = new StorageAmounts(rate.MicroUnits, rate.MicroUnits, rate.MicroUnits, rate.MicroUnits);
        var fixedPrices = choice.Key switch
        {
            PriceKeys.Cpu => prices with { PerCore = rate },
            PriceKeys.Memory => prices with { PerGibMemory = rate },
            PriceKeys.Storage => prices with { PerGibStorage = each },
            _ => prices with { Gpus = [.. prices.Gpus.Select(gpu => gpu.Model == choice.Key ? gpu with { PerGpu = rate } : gpu)] },
        };
        return fixedPrices with { Guided = Guided(prices, choice) };
    }

    private static ImmutableArray<GuidedPrice>? Guided(OfferPrices prices, PriceChoice choice)
    {
        var guided = (prices.Guided ?? []).Where(other => other.Key != choice.Key);
        if (choice.Ceiling is { } ceiling) guided = guided.Append(new GuidedPrice(choice.Key, ceiling));
        ImmutableArray<GuidedPrice> sorted = [.. guided.OrderBy(static price => price.Key, StringComparer.Ordinal)];
        return sorted.IsEmpty ? null : sorted;
    }

    /// <summary>As an offer lists them, and as auditors sign them.</summary>
    [JsonIgnore]
    public ImmutableArray<OfferAttribute> SortedAttributes =>
        [.. (Attributes ?? []).Distinct().OrderBy(static attribute => attribute.Key, StringComparer.Ordinal)
            .ThenBy(static attribute => attribute.Value, StringComparer.Ordinal)];
}
