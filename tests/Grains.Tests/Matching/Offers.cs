using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

public sealed class Offers
{
    [Fact]
    public void Terms_survive_JSON_with_the_same_hash()
    {
        var terms = Terms();
        var json = JsonSerializer.Serialize(terms, OfferJson.Default.OfferTerms);
        var back = JsonSerializer.Deserialize(json, OfferJson.Default.OfferTerms)!;

        Assert.Equal(OfferTermsHash.Of(terms), OfferTermsHash.Of(back));
        Assert.Null(OfferTermsCheck.Fault(back));
    }

    [Fact]
    public void Every_field_of_the_terms_is_signed()
    {
        var terms = Terms();
        OfferTerms[] others =
        [
            terms with { Owner = World.AddressOf(9) },
            terms with { Region = "france" },
            terms with { Zone = "b" },
            terms with { Mode = OfferMode.Fizz },
            terms with { Architecture = CpuArchitecture.Arm64 },
            terms with { Isolation = IsolationLevel.None },
            terms with { Token = "X" },
            terms with { Prices = terms.Prices with { PerGibMemory = new RatePerHour(1) } },
            terms with { Prices = terms.Prices with { Gpus = [new GpuPrice("rtx4090", new RatePerHour(1))] } },
            terms with { Capacity = terms.Capacity with { Ports = 1 } },
            terms with { Devices = terms.Devices.SetItem(0, terms.Devices[0] with { IsPretended = true }) },
            terms with { Devices = terms.Devices.SetItem(0, terms.Devices[0] with { Interface = null }) },
            terms with { Attributes = [] },
            terms with { Audits = [new AttributeAudit(World.AddressOf(1), Hash256.Zero, 1, [1])] },
            terms with { ComplianceLabels = [] },
            terms with { BandwidthMbps = 1 },
            terms with { MaxRunAheadSeconds = 1 },
            terms with { AllowsHostImage = false },
        ];

        var hashes = others.Select(OfferTermsHash.Of).Append(OfferTermsHash.Of(terms)).ToArray();
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Unsound_terms_are_refused_with_the_field_that_is_wrong()
    {
        var terms = Terms();
        Assert.Contains("region", OfferTermsCheck.Fault(terms with { Region = "" }), StringComparison.Ordinal);
        Assert.Contains("devices", OfferTermsCheck.Fault(terms with { Devices = [.. terms.Devices.Reverse()] }), StringComparison.Ordinal);
        Assert.Contains("devices is missing", OfferTermsCheck.Fault(terms with { Devices = default }), StringComparison.Ordinal);
        Assert.Contains("prices.gpus names no price for h100", OfferTermsCheck.Fault(terms with { Devices = [terms.Devices[0] with { Model = "h100" }] }), StringComparison.Ordinal);
        Assert.Contains("prices.perCore", OfferTermsCheck.Fault(terms with { Prices = terms.Prices with { PerCore = new RatePerHour(-1) } }), StringComparison.Ordinal);
        Assert.Contains("zone has 65 bytes", OfferTermsCheck.Fault(terms with { Zone = new string('x', 65) }), StringComparison.Ordinal);
        Assert.Contains("capacity", OfferTermsCheck.Fault(terms with { Capacity = terms.Capacity with { CpuMillis = -1 } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_has_one_listing_for_each_of_its_models()
    {
        var live = new LiveOffer(
            new ResourceAmounts(8000, 1024, default, 0, 4),
            [new FreeDevice("GPU-a", 1000, 90), new FreeDevice("GPU-b", 300, 40)],
            ProviderStanding.Newcomer,
            [],
            12);

        var rows = OfferRows.Of(Terms(), World.Digest(1), live);

        Assert.Equal(["rtx3060", "rtx4090"], rows.Select(row => row.Gpu.Model));
        Assert.Equal((0, 0, 0L), (rows[0].Gpu.WholeFreeCount, rows[0].Gpu.LargestFreeShareMillis, rows[0].Free.GpuMillis));
        Assert.Equal((1, 300, 1300L, 90), (rows[1].Gpu.WholeFreeCount, rows[1].Gpu.LargestFreeShareMillis, rows[1].Free.GpuMillis, rows[1].Gpu.FreeVramPercent));
        Assert.Equal(300_000, rows[1].Prices.PerGpu);
    }

    [Fact]
    public void A_machine_without_GPUs_has_one_listing_too()
    {
        var row = Assert.Single(OfferRows.Of(Terms() with { Devices = [] }, default, new LiveOffer(new ResourceAmounts(1, 1, default, 0, 1), [], ProviderStanding.Newcomer, [], 0)));

        Assert.Equal(GpuListing.None, row.Gpu);
        Assert.Equal(0, row.Free.GpuMillis);
    }

    [Fact]
    public void A_rate_is_the_sum_of_its_parts_each_rounded_down()
    {
        var prices = new UnitPrices(PerCore: 999, PerGibMemory: 1025, new StorageAmounts(1, 0, 0, 3), PerGpu: 7);

        Assert.Equal(1_498 + 1_537 + 0 + 6 + 3, prices.RateRoundedDown(new ResourceAmounts(1_500, 1024 + 512, new StorageAmounts(1023, 0, 0, 2048), 500, 9)).MicroUnits);
    }

    private static OfferTerms Terms() => new(
        new ProviderId(World.AddressOf(1)),
        World.AddressOf(1),
        "germany",
        "a",
        OfferMode.Provider,
        CpuArchitecture.Amd64,
        IsolationLevel.Full,
        "GRID",
        new OfferPrices(new RatePerHour(20_000), new RatePerHour(5_000), new StorageAmounts(100, 50, 100, 200), [new GpuPrice("rtx3060", new RatePerHour(90_000)), new GpuPrice("rtx4090", new RatePerHour(300_000))]),
        new ResourceAmounts(16_000, 65_536, new StorageAmounts(100_000, 0, 0, 0), 3_000, 8),
        [
            new OfferedDevice("GPU-a", "rtx4090", "nvidia", 24_564, GpuInterface.Pcie, 1000, false),
            new OfferedDevice("GPU-b", "rtx4090", "nvidia", 24_564, GpuInterface.Pcie, 500, false),
            new OfferedDevice("GPU-c", "rtx3060", "nvidia", 12_288, GpuInterface.Pcie, 1000, false),
        ],
        [new OfferAttribute("host", "akash")],
        [],
        ["gdpr"],
        1000,
        3600,
        true);
}
