using System.Text.Json;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Offers;

namespace Grid.Tests.Client.CommandLine;

/// <summary>A node's owner tells it what to list; no node runs, but one has.</summary>
[Collection(CommandTurns.Name)]
public sealed class ProviderPrices : IDisposable
{
    private readonly Cli _cli = new();

    public ProviderPrices()
    {
        var terms = JsonSerializer.Serialize(Terms(), OfferJson.Default.OfferTerms);
        Directory.CreateDirectory(Node);
        _cli.Folder.Write(
            "node/status.json", $$"""{"provider":"{{Address.Zero}}","processId":2147483647,"terms":{{terms}},"started":{{terms}}}""");
    }

    private string Node => _cli.Folder.File("node");

    [Fact]
    public async Task Prices_are_kept_for_the_node_beside_what_was_chosen_before()
    {
        Assert.Equal(0, await _cli.RunAsync("provider", "offer", "--data", Node, "--zone", "b", "--share", "rtx4090=0.5", "--json"));
        Assert.Equal(0, await _cli.RunAsync("provider", "price", "--data", Node, "--gpu", "rtx4090=0.2..0.6", "--cpu", "0.02", "--json"));

        Assert.False((bool)_cli.Json["isListed"]!);
        var terms = JsonSerializer.Deserialize(
            File.ReadAllBytes(Path.Combine(Node, "offer.json")), OfferJson.Default.OfferChoices)!.Applied(Terms());
        Assert.Equal(("b", 500), (terms.Zone, terms.Devices[0].MaxShareMillis));
        Assert.Equal(
            (new RatePerHour(200_000), new RatePerHour(600_000)), (terms.Prices.PerGpu("rtx4090"), terms.Prices.CeilingOf("rtx4090")));
        Assert.Equal(new RatePerHour(20_000), terms.Prices.PerCore);
    }

    [Theory]
    [InlineData("--gpu", "h100=1")]
    [InlineData("--gpu", "rtx4090=999999")]
    public async Task What_cannot_be_listed_is_refused_and_kept_nowhere(params string[] words)
    {
        Assert.Equal(1, await _cli.RunAsync(["provider", "price", "--data", Node, "--json", .. words]));

        Assert.Contains("expected", _cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Node, "offer.json")));
    }

    [Theory]
    [InlineData("price", "--cpu", "0.6..0.2")]
    [InlineData("price", "--gpu", "0.5")]
    [InlineData("offer", "--share", "rtx4090=1.5")]
    [InlineData("offer", "--attribute", "host")]
    public async Task Bad_usage_exits_with_2(params string[] words) =>
        Assert.Equal(2, await _cli.RunAsync(["provider", .. words, "--data", Node]));

    public void Dispose() => _cli.Dispose();

    private static OfferTerms Terms() => new(
        new ProviderId(Address.Zero), Address.Zero, "germany", "a", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "GRID",
        new OfferPrices(
            new RatePerHour(40_000), new RatePerHour(10_000), new StorageAmounts(1, 2, 3, 4),
            [new GpuPrice("rtx4090", new RatePerHour(300_000))]),
        new ResourceAmounts(8_000, 16_384, new StorageAmounts(102_400, 0, 0, 0), 0, 16),
        [new OfferedDevice("GPU-1", "rtx4090", "nvidia", 24_564, null, OfferedDevice.WholeMillis, false)],
        [], [], [], 1_000, 86_400, true);
}
