using System.Collections.Immutable;
using Grid.Node.Execution;
using Grid.Node.Hosting;
using Grid.Node.Inventory;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Hosting;

public sealed class Offers
{
    private static readonly MachineInventory s_machine = new(8000, "cpu", "amd64", 16_384, 100_000, "beta3", [Card("GPU-b", "NVIDIA GeForce RTX 4090", 24_564), Card("GPU-a", "Voodoo 2", 12)], []);

    [Fact]
    public void Terms_are_sound_and_list_what_the_owner_sells()
    {
        var terms = TermsOf(Options(), s_machine);

        Assert.Null(OfferTermsCheck.Fault(terms));
        Assert.Equal((8000, 12_288, 75_000), (terms.Capacity.CpuMillis, terms.Capacity.MemoryMib, terms.Capacity.StorageMib.Total));
        Assert.Equal("rtx4090", Assert.Single(terms.Devices).Model);
    }

    [Fact]
    public void A_card_that_nobody_gave_a_price_is_not_given_away()
    {
        Assert.DoesNotContain(TermsOf(Options(), s_machine).Devices, static device => device.Uuid == "GPU-a");

        var priced = TermsOf(Options() with { PerGpu = ImmutableSortedDictionary<string, RatePerHour>.Empty.Add("other", new RatePerHour(5)) }, s_machine);
        Assert.Equal(["GPU-a", "GPU-b"], priced.Devices.Select(static device => device.Uuid));
        Assert.Null(OfferTermsCheck.Fault(priced));
    }

    [Fact]
    public void A_pretended_card_says_so_and_an_unknown_one_is_refused()
    {
        Assert.True(Assert.Single(TermsOf(Options() with { PretendedGpu = "rtx4090" }, s_machine).Devices).IsPretended);
        Assert.Throws<ArgumentException>(static () => TermsOf(Options() with { PretendedGpu = "voodoo2" }, s_machine));
    }

    private static OfferTerms TermsOf(NodeOptions options, MachineInventory machine) =>
        OfferTermsOf.Of(new ProviderId(Sample.NodeKey.Address), options, machine, new IsolationReport(Grid.Node.Execution.IsolationLevel.Full, []));

    private static NodeOptions Options() => new()
    {
        DataDirectory = "/data",
        Operators = [],
        Region = "germany",
        PerCore = new RatePerHour(10_000),
        PerGibMemory = new RatePerHour(2_000),
        PerGibStorage = new RatePerHour(50),
    };

    private static Gpu Card(string uuid, string model, long memoryMib) => new(GpuVendor.Nvidia, 0, uuid, model, memoryMib, "550", "8.9", "0000:01:00.0", false);
}
