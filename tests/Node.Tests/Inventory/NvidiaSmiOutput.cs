using FsCheck;
using FsCheck.Fluent;
using Grid.Node.Inventory;

namespace Grid.Tests.Node.Inventory;

/// <summary>Outputs as the tool prints them, one GPU a line.</summary>
public sealed class NvidiaSmiOutput
{
    private const string TwoCards = """
        0, GPU-0f2b8a3c-1111-2222-3333-444455556666, NVIDIA GeForce RTX 4090, 24564, 550.127.05, 8.9, 00000000:01:00.0, [N/A]
        1, GPU-9d3c77aa-aaaa-bbbb-cccc-ddddeeeeffff, NVIDIA H100 80GB HBM3, 81559, 550.127.05, 9.0, 00000000:41:00.0, Disabled
        """;

    private const string CutCard = "0, GPU-9d3c77aa-aaaa-bbbb-cccc-ddddeeeeffff, NVIDIA A100-SXM4-40GB, 40960, 535.183.01, 8.0, 00000000:07:00.0, Enabled\n";

    private const string CutCardList = """
        GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-9d3c77aa-aaaa-bbbb-cccc-ddddeeeeffff)
          MIG 3g.20gb     Device  0: (UUID: MIG-c7384736-a75d-5afc-978f-d2f1294409fd)
          MIG 1g.5gb      Device  1: (UUID: MIG-a28ad590-3fda-56dd-84fc-0a0b96edc58d)
        """;

    [Fact]
    public void Each_line_is_a_GPU_with_its_own_identity()
    {
        var listing = NvidiaSmi.Parse(TwoCards);

        Assert.Empty(listing.Problems);
        Assert.Equal(
            new Gpu(GpuVendor.Nvidia, 1, "GPU-9d3c77aa-aaaa-bbbb-cccc-ddddeeeeffff", "NVIDIA H100 80GB HBM3", 81559, "550.127.05", "9.0", "00000000:41:00.0", MigEnabled: false),
            listing.Gpus[1]);
        Assert.Equal("NVIDIA GeForce RTX 4090", listing.Gpus[0].Model);
    }

    [Fact]
    public void Fields_that_the_driver_does_not_know_are_empty()
    {
        var gpu = Assert.Single(NvidiaSmi.Parse("0, GPU-0f2b8a3c-1111-2222-3333-444455556666, Tesla K80, [N/A], [N/A], [Not Supported], [N/A], [N/A]").Gpus);

        Assert.Equal(0, gpu.MemoryMib);
        Assert.Equal("", gpu.DriverVersion);
        Assert.Equal("", gpu.ComputeCapability);
        Assert.False(gpu.MigEnabled);
    }

    [Fact]
    public void A_cut_card_is_leased_by_its_instances()
    {
        var listing = NvidiaSmi.WithMigInstances(NvidiaSmi.Parse(CutCard), CutCardList);

        Assert.Equal(
            [new MigInstance("MIG-c7384736-a75d-5afc-978f-d2f1294409fd", "3g.20gb"), new MigInstance("MIG-a28ad590-3fda-56dd-84fc-0a0b96edc58d", "1g.5gb")],
            Assert.Single(listing.Gpus).MigInstances);
    }

    [Theory]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.")]
    [InlineData("No devices were found")]
    [InlineData("0, GPU-1, [Unknown Error], 1, 1, 1, 1, 1")]
    [InlineData("-1, GPU-1, Name, 1, 1, 1, 1, 1")]
    [InlineData(",,,,,,,")]
    public void What_is_not_a_GPU_is_a_problem_and_no_GPU(string output)
    {
        var listing = NvidiaSmi.Parse(output);

        Assert.Empty(listing.Gpus);
        Assert.Single(listing.Problems);
    }

    [Fact]
    public void A_uuid_listed_twice_counts_once()
    {
        var listing = NvidiaSmi.Parse(CutCard + CutCard);

        Assert.Single(listing.Gpus);
        Assert.Contains("twice", Assert.Single(listing.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_within_bounds()
    {
        Prop.ForAll<string>(text =>
        {
            var listing = NvidiaSmi.WithMigInstances(NvidiaSmi.Parse(text ?? ""), text ?? "");
            return listing.Gpus.Length <= 64 && listing.Problems.Length <= 64;
        }).QuickCheckThrowOnFailure();
    }
}
