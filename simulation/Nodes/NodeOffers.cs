using System.Collections.Immutable;
using System.Globalization;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>What simulated nodes list.</summary>
public static class NodeOffers
{
    private const string Model = "rtx4090";
    private static readonly ImmutableArray<string> Regions = ["france", "germany"];
    private static readonly DateTimeOffset Expiry = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static OfferTerms Terms(Address provider, int index, SimulatedRandom random)
    {
        var devices = random.Next(1, 4);
        return new OfferTerms(
            new ProviderId(provider), provider, Regions[index % Regions.Length], "", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "USDC",
            new OfferPrices(
                new RatePerHour(20_000 + random.Next(10_000)), new RatePerHour(5_000 + random.Next(2_000)), new StorageAmounts(100, 100, 100, 100),
                [new GpuPrice(Model, new RatePerHour(300_000 + random.Next(200_000)))]),
            new ResourceAmounts(16_000, 65_536, new StorageAmounts(1 << 20, 0, 0, 0), 0, 64),
            [.. Enumerable.Range(0, devices).Select(device => new OfferedDevice(Uuid(index, device), Model, "nvidia", 24_576, null, 500, IsPretended: true))],
            [], [], [], 1_000, 86_400, AllowsHostImage: true);
    }

    public static Signed<Offer> Sign(OfferTerms terms, PrivateKey key, Eip712Domain domain) =>
        new Offer(terms.Provider, terms.Owner, OfferTermsHash.Of(terms), 1, Expiry.ToUnixTimeSeconds()).Sign(key, domain);

    private static string Uuid(int node, int device) => string.Create(CultureInfo.InvariantCulture, $"GPU-{node:00000}-{device}");
}
