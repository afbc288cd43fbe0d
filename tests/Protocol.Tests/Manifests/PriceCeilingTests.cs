using Grid.Protocol;
using Grid.Protocol.Manifests;

namespace Grid.Tests.Protocol.Manifests;

public sealed class PriceCeilingTests
{
    [Fact]
    public void A_denom_that_the_operator_does_not_map_gives_no_ceiling()
    {
        var price = ManifestFiles.Read("sdl-plain.yaml").Placements[0].Groups[0].Price;

        Assert.False(price.TryCeilingFor(DenomTable.OneForOne("uSPON"), out _));
    }

    [Fact]
    public void A_mapped_denom_converts_at_its_worth_rounded_down()
    {
        var price = ManifestFiles.Read("sdl-plain.yaml").Placements[0].Groups[0].Price;

        Assert.True(price.TryCeilingFor(DenomTable.OneForOne("uakt"), out var same));
        Assert.Equal(new RatePerHour(5_901_639), same);
        Assert.True(price.TryCeilingFor(new DenomTable([KeyValuePair.Create("uakt", 250_000L)]), out var quarter));
        Assert.Equal(new RatePerHour(1_475_409), quarter);
    }

    [Fact]
    public void A_worth_that_no_rate_can_hold_gives_no_ceiling()
    {
        var price = ManifestFiles.Read("sdl-plain.yaml").Placements[0].Groups[0].Price;

        Assert.False(price.TryCeilingFor(new DenomTable([KeyValuePair.Create("uakt", long.MaxValue)]), out _));
    }

    [Fact]
    public void A_denom_without_worth_is_refused() =>
        Assert.Throws<ArgumentException>(() => new DenomTable([KeyValuePair.Create("uakt", 0L)]));

    [Theory]
    [InlineData("token: USDC, amount: 100000000", 100_000_000_000_000)]
    [InlineData("token: USDC, amount: 0.123456", 123_456)]
    [InlineData("token: USDC, amount: '007.10'", 7_100_000)]
    [InlineData("denom: uakt, amount: 61", 36_000)]
    [InlineData("denom: uakt, amount: 0.61", 360)]
    public void Amounts_convert_exactly(string price, long microUnitsPerHour) =>
        Assert.Equal(microUnitsPerHour, ManifestFiles.Ok(ManifestReader.Read(ManifestFiles.Small(price: price))).Placements[0].Groups[0].Price.RatePerHour.MicroUnits);
}
