using Grid.Protocol.Catalogue;

namespace Grid.Tests.Protocol.Catalogue;

public sealed class TablesTests
{
    [Fact]
    public void Every_region_has_its_own_name_and_a_place_on_earth()
    {
        var regions = RegionCatalogue.Standard.Regions;

        Assert.Equal(196, regions.Length);
        Assert.All(regions, region => Assert.True(
            RegionCatalogue.Standard.Find(region.Name) == region && Math.Abs(region.LatitudeCentidegrees) <= 9_000 && Math.Abs(region.LongitudeCentidegrees) <= 18_000 && region.CountryCode.Length == 3));
    }

    [Fact]
    public void A_region_gives_its_centroid_in_hundredths_of_a_degree()
    {
        Assert.Equal(new Region("us-east", "United States, East", "USA", 3800, -7800), RegionCatalogue.Standard.Find("us-east"));
        Assert.Equal(new Region("indonesia", "Indonesia", "IDN", -20, 11_400), RegionCatalogue.Standard.Find("indonesia"));
        Assert.Equal("Congo, Republic of the", RegionCatalogue.Standard.Find("congo-r")!.DisplayName);
        Assert.Null(RegionCatalogue.Standard.Find("US-East"));
    }

    [Fact]
    public void The_trust_tiers_are_the_published_seven()
    {
        var table = TrustTierTable.Standard;

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], table.Tiers.Select(tier => tier.Number));
        Assert.Equal(new TrustTierRow(1, "Most Trusted", "secured-1", 99, 85, 2000, null, 32), table[1]);
        Assert.Equal(new TrustTierRow(4, "Somewhat Trusted", "community-1", 95, 70, 1200, 17, 14), table[4]);
        Assert.Equal(new TrustTierRow(7, "Most Untrusted", "community-4", 75, null, 0, 3, null), table[7]);
        Assert.Equal("Untrusted", table[TrustTierTable.StartingTier].Name);
    }

    [Theory]
    [InlineData("secured", new[] { 1, 2, 3 })]
    [InlineData("community", new[] { 4, 5, 6, 7 })]
    [InlineData("community-3", new[] { 6 })]
    [InlineData("platinum", new int[0])]
    [InlineData("", new int[0])]
    public void A_group_names_one_tier_or_several(string name, int[] numbers) => Assert.Equal(numbers, TrustTierTable.Standard.InGroup(name).Select(tier => tier.Number));
}
