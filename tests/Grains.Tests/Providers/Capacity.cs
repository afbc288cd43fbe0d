using FsCheck.Fluent;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;

namespace Grid.Tests.Grains.Providers;

public sealed class Capacity
{
    [Fact]
    public void What_is_promised_never_exceeds_the_slice_or_a_device()
    {
        var step =
            from lease in Gen.Choose(0, 12)
            from cpu in Gen.Elements(250, 1_000, 4_000)
            from memory in Gen.Elements(64, 4_096)
            from gpu in Gen.Elements(0, 0, 250, 500, 1_000, 1_500, 2_000)
            from act in Gen.Choose(0, 3)
            select (Lease: lease, Amounts: new ResourceAmounts(cpu, memory, new StorageAmounts(1_024, 0, 0, 0), gpu, 1), Act: act);
        var terms = SampleOffer.Terms(1, SampleOffer.Device("a"), SampleOffer.Device("b", 500), SampleOffer.Device("c", 250));

        Properties.ForAllSequences(step, 60, steps =>
        {
            var (ledger, now) = (new CapacityLedger(), Some.Now);
            foreach (var (lease, amounts, act) in steps)
            {
                now = now.AddSeconds(1);
                if (act == 0) ledger = ledger.Without(Some.Lease(lease));
                else if (!ledger.Entries.ContainsKey(Some.Lease(lease)) && SampleOffer.Offering(terms, ledger).EntryFor(SampleOffer.Request(lease, amounts), now, now.AddSeconds(10)) is { } entry)
                    ledger = ledger.With(Some.Lease(lease), act == 1 ? entry : entry with { ExpiresAt = null });
                if (act == 3) ledger = ledger.SweptAt(now);
                AssertWithinSlice(terms, ledger, now);
            }
        });
    }

    [Fact]
    public void An_expired_hold_counts_for_nothing_before_and_after_it_is_swept()
    {
        var offering = SampleOffer.Offering(SampleOffer.Terms(1, SampleOffer.Device("a")));
        var entry = offering.EntryFor(SampleOffer.Request(1, new ResourceAmounts(8_000, 64, default, 1_000, 0)), Some.Now, Some.Now.AddSeconds(30))!;
        var ledger = new CapacityLedger().With(Some.Lease(1), entry);
        var next = SampleOffer.Request(2, new ResourceAmounts(8_000, 64, default, 1_000, 0));

        Assert.Null((offering with { Ledger = ledger }).EntryFor(next, Some.Now.AddSeconds(29), default));
        Assert.NotNull((offering with { Ledger = ledger }).EntryFor(next, Some.Now.AddSeconds(30), default));
        Assert.Empty(ledger.SweptAt(Some.Now.AddSeconds(30)).Entries);
        Assert.Same(ledger, ledger.SweptAt(Some.Now.AddSeconds(29)));
    }

    [Fact]
    public void A_lease_is_never_swept()
    {
        var ledger = new CapacityLedger().With(Some.Lease(1), new CapacityEntry(Some.Order(1), Bindings.Empty, default, false, null));

        Assert.Same(ledger, ledger.SweptAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_device_that_is_leased_only_whole_is_never_shared()
    {
        var terms = SampleOffer.Terms(1, SampleOffer.Device("a"), SampleOffer.Device("b"));

        Assert.Null(DeviceChoice.Choose(terms, new CapacityLedger(), BoundElsewhere.Nothing, "rtx4090", 500, Some.Now));
        Assert.Null(DeviceChoice.Choose(terms, new CapacityLedger(), BoundElsewhere.Nothing, "rtx4090", 1_500, Some.Now));
        Assert.Equal(["a", "b"], DeviceChoice.Choose(terms, new CapacityLedger(), BoundElsewhere.Nothing, "rtx4090", 2_000, Some.Now)!.Value.Select(device => device.Uuid));
    }

    [Fact]
    public void A_share_goes_to_the_fullest_device_so_that_whole_ones_stay_whole()
    {
        var terms = SampleOffer.Terms(1, SampleOffer.Device("a", 500), SampleOffer.Device("b", 500));
        var half = new CapacityEntry(Some.Order(1), new Bindings([new BoundDevice("b", 500)], 0, 0, default, []), default, false, null);

        var chosen = DeviceChoice.Choose(terms, new CapacityLedger().With(Some.Lease(1), half), BoundElsewhere.Nothing, "rtx4090", 500, Some.Now)!.Value;

        Assert.Equal(new BoundDevice("b", 500), Assert.Single(chosen));
    }

    [Fact]
    public void What_is_bound_elsewhere_is_not_to_be_had_here()
    {
        var terms = SampleOffer.Terms(1, SampleOffer.Device("a", 500), SampleOffer.Device("b"));
        var elsewhere = BoundElsewhere.Of([new Bindings([new BoundDevice("a", 700)], 3_000, 1_024, default, []), new Bindings([new BoundDevice("b")], 5_000, 0, default, [])]);
        var offering = SampleOffer.Offering(terms, elsewhere: elsewhere);

        Assert.Equal((0, 15_360, 300), (offering.FreeAt(Some.Now).CpuMillis, offering.FreeAt(Some.Now).MemoryMib, offering.FreeAt(Some.Now).GpuMillis));
        Assert.Null(DeviceChoice.Choose(terms, new CapacityLedger(), elsewhere, "rtx4090", 500, Some.Now));
        Assert.Null(DeviceChoice.Choose(terms, new CapacityLedger(), elsewhere, "rtx4090", 1_000, Some.Now));
        Assert.Equal(new BoundDevice("a", 300), Assert.Single(DeviceChoice.Choose(terms, new CapacityLedger(), elsewhere, "rtx4090", 300, Some.Now)!.Value));
        Assert.Equal(300, Assert.Single(offering.Rows(Some.Now)).Gpu.LargestFreeShareMillis);
    }

    [Fact]
    public void Sixteen_half_GPU_leases_fill_eight_GPUs_with_two_each()
    {
        var terms = SampleOffer.Terms(1, [.. Enumerable.Range(0, 8).Select(number => SampleOffer.Device($"gpu-{number}", 500))]);
        var ledger = new CapacityLedger();
        for (var lease = 0; lease < 16; lease++)
        {
            var entry = SampleOffer.Offering(terms, ledger).EntryFor(SampleOffer.Request(lease, new ResourceAmounts(100, 64, default, 500, 0)), Some.Now, Some.Now.AddSeconds(30));
            ledger = ledger.With(Some.Lease(lease), entry!);
        }

        Assert.All(terms.Devices, device => Assert.Equal(1_000, ledger.BoundOfDevice(device.Uuid, Some.Now)));
        Assert.Null(SampleOffer.Offering(terms, ledger).EntryFor(SampleOffer.Request(16, new ResourceAmounts(100, 64, default, 500, 0)), Some.Now, default));
    }

    [Fact]
    public void What_a_node_says_it_has_bound_is_counted_in_full()
    {
        var bindings = new Bindings([new BoundDevice("a"), new BoundDevice("b", 250)], 2_000, 512, new StorageAmounts(7, 0, 0, 0), [new BoundPort("web", 80)]);

        Assert.Equal(new ResourceAmounts(2_000, 512, new StorageAmounts(7, 0, 0, 0), 1_250, 1), ProviderOffering.AmountsOf(bindings));
    }

    private static void AssertWithinSlice(OfferTerms terms, CapacityLedger ledger, DateTimeOffset now)
    {
        var free = SampleOffer.Offering(terms, ledger).FreeAt(now);
        Assert.True(free.IsWithinBounds, $"{free} free");
        Assert.All(terms.Devices, device => Assert.InRange(ledger.BoundOfDevice(device.Uuid, now), 0, 1_000));
        Assert.All(ledger.Entries.Values, entry => Assert.Equal(entry.Amounts.GpuMillis, entry.Bindings.Devices.Sum(device => (long)device.ShareMillis)));
        Assert.All(
            ledger.Entries.Values.SelectMany(entry => entry.Bindings.Devices).Where(device => device.ShareMillis < 1_000),
            device => Assert.True(device.ShareMillis <= terms.Devices.Single(offered => offered.Uuid == device.Uuid).MaxShareMillis && device.Uuid != "a"));
    }
}
