using Grid.Node.Inventory;

namespace Grid.Tests.Node.Inventory;

public sealed class AmdSmiOutput
{
    private const string OneCard = """
        [{"gpu": 0,
          "asic": {"market_name": "AMD Instinct MI300X", "asic_serial": "0x2D7B2B6B4B9E4E31", "target_graphics_version": "gfx942"},
          "vram": {"type": "HBM", "size": {"value": 196592, "unit": "MB"}},
          "bus": {"bdf": "0000:05:00.0"},
          "driver": {"name": "amdgpu", "version": "6.8.5"}}]
        """;

    [Fact]
    public void A_card_is_known_by_its_serial()
    {
        var gpu = Assert.Single(AmdSmi.Parse(OneCard).Gpus);

        Assert.Equal(new Gpu(GpuVendor.Amd, 0, "AMD-0x2D7B2B6B4B9E4E31", "AMD Instinct MI300X", 196592, "6.8.5", "gfx942", "0000:05:00.0", MigEnabled: false), gpu);
    }

    [Fact]
    public void Newer_versions_wrap_the_list() => Assert.Single(AmdSmi.Parse($"{{\"gpu_data\": {OneCard}}}").Gpus);

    [Theory]
    [InlineData("")]
    [InlineData("ERROR: No AMD GPU driver")]
    [InlineData("{}")]
    [InlineData("""[{"gpu": 0, "asic": {"market_name": "N/A", "asic_serial": "N/A"}}]""")]
    [InlineData("[7]")]
    public void What_is_not_a_GPU_is_a_problem_and_no_GPU(string output)
    {
        var listing = AmdSmi.Parse(output);

        Assert.Empty(listing.Gpus);
        Assert.Single(listing.Problems);
    }
}
