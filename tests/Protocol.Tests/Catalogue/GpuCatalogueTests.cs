using Grid.Protocol;
using Grid.Protocol.Catalogue;

namespace Grid.Tests.Protocol.Catalogue;

public sealed class GpuCatalogueTests
{
    [Fact]
    public void The_catalogue_has_76_models_with_unique_names()
    {
        var models = GpuCatalogue.Standard.Models;

        Assert.Equal(76, models.Length);
        Assert.Equal(76, models.Select(model => model.Model).Distinct().Count());
        Assert.All(models, model => Assert.True(model is { VramGib: > 0, MultiplierMilli: > 0, GuidePrice.MicroUnits: > 0, Vendor: "nvidia" }));
    }

    [Fact]
    public void A_model_gives_its_tier_multiplier_and_guide_price()
    {
        Assert.Equal(
            new GpuModel("rtx4090", "NVIDIA RTX 4090", "nvidia", 24, new GpuTier(GpuClass.Medium, 1), 1000, new RatePerHour(175_000)),
            GpuCatalogue.Standard.Find("rtx4090"));
        Assert.Equal((new GpuTier(GpuClass.UltraHigh, 3), 15_000, new RatePerHour(3_600_000)), Terms("h200"));
        Assert.Equal((new GpuTier(GpuClass.Entry, 1), 100, new RatePerHour(53_000)), Terms("gtx1080"));

        static (GpuTier, int, RatePerHour) Terms(string model) => GpuCatalogue.Standard.Find(model) is { } found ? (found.Tier, found.MultiplierMilli, found.GuidePrice) : default;
    }

    [Theory]
    [InlineData("NVIDIA GeForce RTX 4090", "rtx4090")]
    [InlineData("RTX 4090", "rtx4090")]
    [InlineData("4090", "rtx4090")]
    [InlineData("NVIDIA GeForce RTX 4070 Ti SUPER", "rtx4070tisuper")]
    [InlineData("NVIDIA GeForce GTX 1660 SUPER", "gtx1660super")]
    [InlineData("NVIDIA GeForce GTX 1060 6GB", "gtx1060")]
    [InlineData("NVIDIA TITAN RTX", "titanrtx")]
    [InlineData("NVIDIA RTX A6000", "rtxa6000")]
    [InlineData("a6000", "rtxa6000")]
    [InlineData("Quadro RTX 6000", "rtx6000")]
    [InlineData("NVIDIA RTX 6000 Ada Generation", "rtx6000-ada")]
    [InlineData("NVIDIA RTX 4000 SFF Ada Generation", "rtx4000-sff-ada")]
    [InlineData("NVIDIA A100-SXM4-80GB", "a100-80g")]
    [InlineData("NVIDIA A100 80GB PCIe", "a100-80g")]
    [InlineData("NVIDIA A100-SXM4-40GB", "a100-sxm-40g")]
    [InlineData("NVIDIA A100-PCIE-40GB", "a100-pcie-40g")]
    [InlineData("a100-80gb", "a100-80g")]
    [InlineData("NVIDIA H100 80GB HBM3", "h100")]
    [InlineData("NVIDIA H100 PCIe", "h100")]
    [InlineData("NVIDIA H200", "h200")]
    [InlineData("NVIDIA GH200 480GB", "gh200")]
    [InlineData("Tesla T4", "t4")]
    [InlineData("Tesla V100-SXM2-16GB", "v100")]
    [InlineData("Tesla V100S-PCIE-32GB", "v100s")]
    [InlineData("NVIDIA L40S", "l40s")]
    [InlineData("NVIDIA A10G", "a10g")]
    public void A_device_is_identified_however_its_name_is_written(string name, string model) => Assert.Equal(model, GpuCatalogue.Standard.Identify(name)?.Model);

    [Theory]
    [InlineData("NVIDIA GeForce RTX 3060 Laptop GPU")]
    [InlineData("AMD Instinct MI300X")]
    [InlineData("NVIDIA A100")]
    [InlineData("llvmpipe")]
    [InlineData("")]
    public void A_device_that_is_not_in_the_catalogue_or_not_told_apart_is_not_identified(string name) => Assert.Null(GpuCatalogue.Standard.Identify(name));

    [Theory]
    [InlineData("NVIDIA A100", 81_920, "a100-80g")]
    [InlineData("NVIDIA A100-SXM4", 40_536, "a100-sxm-40g")]
    public void The_memory_decides_between_models_of_one_chip(string name, int vramMib, string model) => Assert.Equal(model, GpuCatalogue.Standard.Identify(name, vramMib)?.Model);

    [Fact]
    public void A_family_name_means_each_of_its_models()
    {
        Assert.Equal(["a100-pcie-40g", "a100-sxm-40g", "a100-80g"], GpuCatalogue.Standard.Matching("a100").Select(model => model.Model));
        Assert.Equal(["a100-80g"], GpuCatalogue.Standard.Matching("a100-80gb").Select(model => model.Model));
        Assert.Equal(["rtx3080"], GpuCatalogue.Standard.Matching("RTX 3080").Select(model => model.Model));
        Assert.Empty(GpuCatalogue.Standard.Matching("mi300x"));
    }

    [Fact]
    public void Every_model_is_identified_by_its_own_names()
    {
        foreach (var model in GpuCatalogue.Standard.Models)
        {
            Assert.Equal(model, GpuCatalogue.Standard.Identify(model.Model));
            Assert.Equal(model, GpuCatalogue.Standard.Identify(model.Model.ToUpperInvariant()));
            Assert.Equal(model, GpuCatalogue.Standard.Identify(model.Name, model.VramGib * 1024));
        }
    }

    [Fact]
    public void Models_outside_the_catalogue_compare_by_one_spelling() =>
        Assert.Equal("mi300x", GpuName.Parse("AMD Instinct MI300X").ToString());

    [Theory]
    [InlineData(999, GpuClass.Entry)]
    [InlineData(1_000, GpuClass.Low)]
    [InlineData(1_999, GpuClass.Low)]
    [InlineData(2_000, GpuClass.Medium)]
    [InlineData(7_499, GpuClass.Medium)]
    [InlineData(7_500, GpuClass.High)]
    [InlineData(14_999, GpuClass.High)]
    [InlineData(15_000, GpuClass.UltraHigh)]
    public void A_model_outside_the_catalogue_gets_its_tier_from_its_list_price(long listPriceUsd, GpuClass expected)
    {
        Assert.Equal(new GpuTier(expected, 1), GpuTier.ForListPrice(listPriceUsd));
        Assert.True(GpuCatalogue.Standard.MultiplierMilliOf(GpuTier.ForListPrice(listPriceUsd)) > 0);
    }

    [Fact]
    public void Tiers_are_ordered_and_print_as_they_are_published()
    {
        Assert.True(new GpuTier(GpuClass.Medium, 2) < new GpuTier(GpuClass.High, 1));
        Assert.Equal("Ultra High 3", GpuCatalogue.Standard.Find("b200")!.Tier.ToString());
    }
}
