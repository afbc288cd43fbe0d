using System.Collections.Immutable;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Tests.Grains.Providers;

/// <summary>A machine of eight cores, 16 GiB of memory and the given devices, in Germany, for little money.</summary>
internal static class SampleOffer
{
    public static OfferTerms Terms(int provider, params ImmutableArray<OfferedDevice> devices) => new(
        Some.Provider(provider),
        Some.Provider(provider).Value,
        "germany",
        "a",
        OfferMode.Provider,
        CpuArchitecture.Amd64,
        IsolationLevel.Full,
        "GRID",
        new OfferPrices(new RatePerHour(40_000), new RatePerHour(10_000), new StorageAmounts(1_000, 1_000, 1_000, 1_000), devices.IsEmpty ? [] : [new GpuPrice("rtx4090", new RatePerHour(300_000))]),
        new ResourceAmounts(8_000, 16_384, new StorageAmounts(102_400, 0, 0, 0), 0, 16),
        devices,
        [],
        [],
        [],
        1_000,
        86_400,
        true);

    public static OfferedDevice Device(string uuid, int maxShareMillis = 1000, bool isPretended = false) => new(uuid, "rtx4090", "nvidia", 24_564, null, maxShareMillis, isPretended);

    public static Signed<Offer> Signed(OfferTerms terms, int provider, ulong version = 1) =>
        new Offer(terms.Provider, terms.Owner, OfferTermsHash.Of(terms), version, Some.Now.AddDays(30).ToUnixTimeSeconds()).Sign(Some.ProviderKey(provider), Some.Identity.Domain);

    public static HoldRequest Request(int lease, ResourceAmounts amounts) => new(
        Some.Lease(lease), Some.Order(lease), amounts.GpuMillis > 0 ? "rtx4090" : "", MatchRequirement.Nothing with { Amounts = amounts }, [], new RatePerHour(1));

    public static ProviderOffering Offering(OfferTerms terms, CapacityLedger? ledger = null, BoundElsewhere? elsewhere = null) =>
        new(terms, default, ledger ?? new CapacityLedger(), null, 0, elsewhere ?? BoundElsewhere.Nothing);
}
