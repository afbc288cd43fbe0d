using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

/// <summary>Each hard filter excludes what it is named for, and is the one that is counted.</summary>
public sealed class Filters
{
    public static TheoryData<HardFilter> All => [.. Enum.GetValues<HardFilter>()];

    [Theory]
    [MemberData(nameof(All))]
    public void A_listing_that_fails_one_filter_is_counted_there(HardFilter filter)
    {
        var (order, row) = Failing(World.Order(), World.Provider(1), filter);

        var shortlist = World.Index([row, World.Provider(2)]).Match(World.Query(order), World.Draw(1));

        Assert.Equal(filter, World.Judge(row, order).ExcludedBy);
        Assert.True(shortlist.Excluded[(int)filter] > 0);
        Assert.DoesNotContain(shortlist.Candidates, candidate => candidate.Provider == row.Provider);
    }

    [Fact]
    public void A_listing_that_meets_every_demand_passes()
    {
        var row = World.Provider(1);
        var order = World.Order() with
        {
            Gpus = [new WantedGpu("amd", "", 0, null), new WantedGpu("nvidia", "rtx4090", 24_000, GpuInterface.Pcie)],
            FreeVram = new FreeVramBounds(80, 100),
            Architecture = CpuArchitecture.Amd64,
            CpuModels = ["ryzen", "epyc"],
            Mode = OfferMode.Provider,
            Regions = ["france", "germany"],
            ExcludedRegions = ["japan"],
            Zone = "rack-1",
            Providers = [row.Provider],
            ExcludedProviders = [World.Provider(2).Provider],
            TrustTiers = 0b0000_1000,
            Attributes = [new OfferAttribute("host", "akash")],
            SignedByAnyOf = [World.AddressOf(901), World.AddressOf(900)],
            SignedByAllOf = [World.AddressOf(900)],
            ComplianceLabels = ["gdpr"],
            MinIsolation = IsolationLevel.Namespaces,
            MaxRoundTripMs = 20,
            MinBandwidthMbps = 1000,
            NeedsHostImage = true,
            RunAheadSeconds = 3600,
        };

        var judged = World.Judge(row, order);

        Assert.Null(judged.ExcludedBy);
        Assert.Equal(Factor.One, judged.Factors.Region);
    }

    [Fact]
    public void Pretended_GPUs_pass_only_where_they_are_accepted()
    {
        var row = World.Provider(1) with { Gpu = World.Provider(1).Gpu with { IsPretended = true } };

        Assert.Equal(HardFilter.PretendedGpu, World.Query(World.Order()).Judge(row, default).ExcludedBy);
        Assert.Null(World.Query(World.Order(), acceptsPretendedGpus: true).Judge(row, default).ExcludedBy);
    }

    [Fact]
    public void Half_a_GPU_goes_only_to_a_device_that_may_be_shared()
    {
        var order = World.Order() with { Amounts = World.Order().Amounts with { GpuMillis = 500 }, LargestGpuShareMillis = 500 };
        var row = World.Provider(1);

        Assert.Null(World.Judge(row, order).ExcludedBy);
        Assert.Equal(HardFilter.GpuCount, World.Judge(row with { Gpu = row.Gpu with { LargestFreeShareMillis = 0 } }, order).ExcludedBy);
    }

    [Fact]
    public void An_amount_beyond_its_bound_is_refused_before_it_can_overflow()
    {
        var row = World.Provider(1) with { Prices = World.Provider(1).Prices with { PerGpu = OfferLimits.MaxUnitRate + 1 } };

        Assert.Throws<ArgumentException>(() => World.Index([row]));
        Assert.Throws<ArgumentException>(() => World.Query(World.Order() with { Amounts = new ResourceAmounts(ResourceAmounts.MaxAmount + 1, 0, default, 0, 0) }));
    }

    private static (MatchRequirement Order, OfferRow Row) Failing(MatchRequirement order, OfferRow row, HardFilter filter) => filter switch
    {
        HardFilter.PretendedGpu => (order, row with { Gpu = row.Gpu with { IsPretended = true } }),
        HardFilter.Mode => (order with { Mode = OfferMode.Fizz }, row),
        HardFilter.Architecture => (order with { CpuModels = ["m2"] }, row),
        HardFilter.GpuModel => (order with { Gpus = [new WantedGpu("nvidia", "a100", 0, null)] }, row),
        HardFilter.GpuVram => (order with { Gpus = [new WantedGpu("nvidia", "", 40_000, null)] }, row),
        HardFilter.GpuInterface => (order with { Gpus = [new WantedGpu("nvidia", "", 20_000, GpuInterface.Sxm)] }, row),
        HardFilter.GpuCount => (order with { Amounts = order.Amounts with { GpuMillis = 5000 } }, row),
        HardFilter.Cpu => (order, row with { Free = row.Free with { CpuMillis = 3999 } }),
        HardFilter.Memory => (order, row with { Free = row.Free with { MemoryMib = 16_383 } }),
        HardFilter.Storage => (order, row with { Free = row.Free with { StorageMib = new StorageAmounts(1, 2, 3, 4) } }),
        HardFilter.StorageClass => (order, row with { Free = row.Free with { StorageMib = new StorageAmounts(0, 0, 1 << 20, 0) } }),
        HardFilter.Ports => (order, row with { Free = row.Free with { Ports = 0 } }),
        HardFilter.Region => (order with { Regions = ["france"] }, row),
        HardFilter.ExcludedRegion => (order with { ExcludedRegions = ["germany"] }, row),
        HardFilter.Provider => (order with { Providers = [World.Provider(2).Provider] }, row),
        HardFilter.ExcludedProvider => (order with { ExcludedProviders = [row.Provider] }, row),
        HardFilter.TrustTier => (order with { TrustTiers = 0b0000_0110 }, row),
        HardFilter.Attributes => (order with { Attributes = [new OfferAttribute("host", "other")] }, row),
        HardFilter.SignedBy => (order with { SignedByAllOf = [World.AddressOf(900), World.AddressOf(901)] }, row),
        HardFilter.Compliance => (order with { ComplianceLabels = ["hipaa"] }, row),
        HardFilter.Isolation => (order with { MinIsolation = IsolationLevel.VirtualMachine }, row),
        HardFilter.RoundTrip => (order with { MaxRoundTripMs = 19 }, row),
        HardFilter.Bandwidth => (order with { MinBandwidthMbps = 1001 }, row),
        HardFilter.HostImage => (order with { NeedsHostImage = true }, row with { AllowsHostImage = false }),
        HardFilter.RunAhead => (order with { RunAheadSeconds = 3601 }, row),
        HardFilter.Token => (order, row with { Token = "OTHER" }),
        HardFilter.PriceCeiling => (order with { PriceCeiling = new RatePerHour(World.Judge(row, order).Ask.MicroUnits - 1) }, row),
        HardFilter.Stake => (order with { MinStake = row.Standing.Stake + new Money(1) }, row),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "This filter has no example."),
    };
}
