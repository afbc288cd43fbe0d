using System.Text.Json;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Link;

/// <summary>What its owner changes while a whole node runs.</summary>
[Collection(WholeNode.OneAtATime)]
public sealed class ChangedOffers
{
    [Fact]
    public async Task A_new_price_is_signed_and_said_on_the_link_that_stands_and_in_the_next_hello()
    {
        await using var first = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(first);
        var hello = await first.HelloAsync();

        Write(node, new OfferChoices().With(new PriceChoice(PriceKeys.Cpu, new RatePerHour(77), new RatePerHour(99))));

        var changed = await first.HearAsync<OfferChanged>();
        Assert.Equal(
            (new RatePerHour(77), new RatePerHour(99)), (changed.Terms.Prices.PerCore, changed.Terms.Prices.CeilingOf(PriceKeys.Cpu)));
        Assert.True(changed.Offer.IsSignedBy(hello.Offer.Value.Provider.Value, GridDomain.Local));
        Assert.Equal(
            (hello.Offer.Value.Version + 1, OfferTermsHash.Of(changed.Terms)),
            (changed.Offer.Value.Version, changed.Offer.Value.TermsHash));

        await node.RestartAsync();
        Assert.Equal(changed.Offer.Value.TermsHash, (await first.HelloAsync()).Offer.Value.TermsHash);
    }

    [Fact]
    public async Task What_cannot_be_listed_changes_nothing_and_the_status_says_why()
    {
        await using var first = await FakeOperator.StartAsync(Sample.OperatorA);
        await using var node = await WholeNode.StartAsync(first);
        await first.HelloAsync();

        await File.WriteAllTextAsync(
            Path.Combine(node.DataDirectory, OfferFileName), """{"prices":[{"key":"h100","price":5}]}""",
            TestContext.Current.CancellationToken);
        await StatusSaysAsync(node, "prices.h100 is not offered here");
        Write(node, new OfferChoices(Zone: "b"));

        Assert.Equal("b", (await first.HearAsync<OfferChanged>()).Terms.Zone);
    }

    private const string OfferFileName = "offer.json";

    private static void Write(WholeNode node, OfferChoices choices) =>
        File.WriteAllBytes(
            Path.Combine(node.DataDirectory, OfferFileName), JsonSerializer.SerializeToUtf8Bytes(choices, OfferJson.Default.OfferChoices));

    private static async Task StatusSaysAsync(WholeNode node, string words)
    {
        var status = Path.Combine(node.DataDirectory, "status.json");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(FakeOperator.Patience);
        while (!File.Exists(status) || !(await File.ReadAllTextAsync(status, patience.Token)).Contains(words, StringComparison.Ordinal))
            await Task.Delay(20, patience.Token);
    }
}
