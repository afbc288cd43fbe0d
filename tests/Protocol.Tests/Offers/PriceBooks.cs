using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Offers;

namespace Grid.Tests.Protocol.Offers;

public sealed class PriceBooks
{
    private static readonly PriceChoice s_following = new("rtx4090", new RatePerHour(200_000), new RatePerHour(600_000));

    [Fact]
    public void A_price_that_follows_lies_between_floor_and_ceiling_and_a_fixed_one_stays() =>
        Prop.ForAll(Gen.Choose(0, 2_000_000).ToArbitrary(), static guide =>
        {
            var listed = new OfferChoices().With(s_following).Applied(Terms()).Prices;

            var asked = AskedPrices.Of(listed, _ => new RatePerHour(guide));

            Assert.Equal(new RatePerHour(Math.Clamp(guide, 200_000, 600_000)), asked.PerGpu("rtx4090"));
            Assert.Equal(
                (listed.PerCore, listed.PerGibMemory, listed.PerGibStorage), (asked.PerCore, asked.PerGibMemory, asked.PerGibStorage));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cores_memory_and_disk_follow_like_GPUs()
    {
        var listed = Chosen(PriceKeys.Cpu, PriceKeys.Memory, PriceKeys.Storage).Applied(Terms()).Prices;

        var asked = AskedPrices.Of(listed, static _ => new RatePerHour(7));

        Assert.Equal(
            (new RatePerHour(7), new RatePerHour(7), new StorageAmounts(7, 7, 7, 7)),
            (asked.PerCore, asked.PerGibMemory, asked.PerGibStorage));
        Assert.Equal(new RatePerHour(5), AskedPrices.Of(listed, static _ => null).PerCore);
    }

    [Fact]
    public void A_price_that_is_fixed_again_follows_no_longer() =>
        Assert.Null(
            new OfferChoices().With(s_following).With(new PriceChoice("rtx4090", new RatePerHour(1))).Applied(Terms()).Prices.Guided);

    [Fact]
    public void The_ceiling_is_signed_and_an_offer_that_follows_nothing_is_hashed_as_ever()
    {
        var following = new OfferChoices().With(s_following).Applied(Terms());
        var dearer = new OfferChoices().With(s_following with { Ceiling = new RatePerHour(600_001) }).Applied(Terms());
        var fixedPrices = Terms();

        Assert.NotEqual(OfferTermsHash.Of(following), OfferTermsHash.Of(dearer));
        Assert.Equal(
            OfferTermsHash.Of(fixedPrices), OfferTermsHash.Of(fixedPrices with { Prices = fixedPrices.Prices with { Guided = [] } }));
    }

    [Theory]
    [InlineData("voodoo2", 1, null, "prices.voodoo2 is not offered here")]
    [InlineData("rtx4090", 5, 4L, "below the listed floor")]
    [InlineData("rtx4090", -1, null, "prices.gpus.rtx4090 is -1")]
    [InlineData(PriceKeys.Cpu, 1, long.MaxValue, "prices.guided.cpu.ceiling is")]
    public void What_cannot_be_listed_is_named(string key, long price, long? ceiling, string expected) => Assert.Contains(
        expected, new OfferChoices().With(new PriceChoice(key, new RatePerHour(price), ceiling is { } most ? new RatePerHour(most) : null))
            .Fault(Terms()), StringComparison.Ordinal);

    [Fact]
    public void No_more_is_sold_than_the_node_was_started_with()
    {
        Assert.Contains("expected 1 to 8000", new OfferChoices(CpuMillis: 8_001).Fault(Terms()), StringComparison.Ordinal);
        Assert.Contains("shares.h100", new OfferChoices().With(new ShareChoice("h100", 500)).Fault(Terms()), StringComparison.Ordinal);
        Assert.Null(new OfferChoices(CpuMillis: 4_000).With(new ShareChoice("rtx4090", 500)).Fault(Terms()));
        Assert.Equal(500, Assert.Single(new OfferChoices().With(new ShareChoice("rtx4090", 500)).Applied(Terms()).Devices).MaxShareMillis);
    }

    [Fact]
    public void Choices_are_read_as_they_were_written()
    {
        var choices = Chosen(
            PriceKeys.Cpu, "rtx4090") with
        { Zone = "b", Attributes = [new OfferAttribute("host", "akash")], AllowsHostImage = false };

        var read = JsonSerializer.Deserialize(
            JsonSerializer.SerializeToUtf8Bytes(choices, OfferJson.Default.OfferChoices), OfferJson.Default.OfferChoices)!;

        Assert.Equal(OfferTermsHash.Of(choices.Applied(Terms())), OfferTermsHash.Of(read.Applied(Terms())));
    }

    private static OfferChoices Chosen(params string[] keys) =>
        keys.Aggregate(
            new OfferChoices(), static (choices, key) => choices.With(new PriceChoice(key, new RatePerHour(5), new RatePerHour(50))));

    private static OfferTerms Terms() => new(
        new ProviderId(Address.Zero), Address.Zero, "germany", "a", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "GRID",
        new OfferPrices(
            new RatePerHour(40_000), new RatePerHour(10_000), new StorageAmounts(1, 2, 3, 4),
            [new GpuPrice("rtx4090", new RatePerHour(300_000))]),
        new ResourceAmounts(8_000, 16_384, new StorageAmounts(102_400, 0, 0, 0), 0, 16),
        [new OfferedDevice("GPU-1", "rtx4090", "nvidia", 24_564, null, OfferedDevice.WholeMillis, false)],
        ImmutableArray<OfferAttribute>.Empty, [], [], 1_000, 86_400, true);
}
