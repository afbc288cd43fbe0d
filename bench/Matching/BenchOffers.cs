using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Bench.Matching;

/// <summary>One region's listings and orders, the same for the same number: a few models are most of the market, every tenth owner has several machines.</summary>
internal sealed class BenchOffers(int listings)
{
    public const string Region = "germany";

    private const int Models = 40;
    private const int OrdersInTurn = 64;
    private const int OneGpuMillis = 1000;
    private const int MibPerGib = 1024;

    private static readonly GpuModel[] Popular =
        [.. GpuCatalogue.Standard.Models.OrderByDescending(static model => model.VramGib).ThenBy(static model => model.Model, StringComparer.Ordinal).Take(Models)];

    private static readonly ImmutableArray<OfferAttribute>[] Hosts =
        [.. Enumerable.Range(0, 16).Select(static i => ImmutableArray.Create(new OfferAttribute("host", $"host-{i}"), new OfferAttribute("tier", "community")))];

    public IEnumerable<OfferRow> Rows()
    {
        var random = new Random(listings);
        for (var number = 0; number < listings; number++) yield return Row(random, number);
    }

    /// <summary>One GPU of any kind and a little of everything, for whatever it costs: nobody is filtered out, everybody is scored.</summary>
    public static MatchRequirement Worst { get; } = MatchRequirement.Nothing with
    {
        Amounts = new ResourceAmounts(2_000, 8 * MibPerGib, new StorageAmounts(20 * MibPerGib, 0, 0, 0), OneGpuMillis, 0),
        LargestGpuShareMillis = OneGpuMillis,
        PriceCeiling = new RatePerHour(200_000_000),
    };

    /// <summary>What tenants ask: one model, room for it, a port, tokens, trust, and a little more than the guide price at most.</summary>
    public static MatchRequirement[] Typical()
    {
        var random = new Random(OrdersInTurn);
        return [.. Enumerable.Range(0, OrdersInTurn).Select(_ => TypicalOf(Pick(random)))];
    }

    public static MatchDraw Draw(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new MatchDraw(new Hash256(SHA256.HashData(bytes)));
    }

    private static MatchRequirement TypicalOf(GpuModel model) => Worst with
    {
        Amounts = new ResourceAmounts(4_000, 16 * MibPerGib, new StorageAmounts(50 * MibPerGib, 0, 0, 0), OneGpuMillis, 1),
        Gpus = [new WantedGpu(model.Vendor, model.Model, 0, null)],
        Regions = [Region],
        TrustTiers = 0b0111_1110,
        Token = "GRID",
        RunAheadSeconds = 3600,
        PriceCeiling = model.GuidePrice + new RatePerHour(500_000),
    };

    private static OfferRow Row(Random random, int number)
    {
        var model = Pick(random);
        var gpus = random.Next(1, 9);
        var share = random.Next(2) * 500;
        var guide = model.GuidePrice.MicroUnits;
        // Every twenty-first is the second model of the provider before it.
        var provider = number % 21 == 20 ? number - 1 : number;
        return new OfferRow(
            new ProviderId(AddressOf(provider)),
            AddressOf(provider % 10 == 0 ? provider / 40 * 40 : provider),
            Hash256.Zero,
            Region,
            random.Next(4) == 0 ? "rack-1" : "",
            OfferMode.Provider,
            CpuArchitecture.Amd64,
            IsolationLevel.Full,
            "GRID",
            new UnitPrices(random.Next(5_000, 30_000), random.Next(1_000, 8_000), new StorageAmounts(random.Next(20, 200), 0, random.Next(100, 300), 0), guide * random.Next(60, 160) / 100),
            new ResourceAmounts(
                1000 * random.Next(4, 128), MibPerGib * random.Next(16, 1024), new StorageAmounts(MibPerGib * random.Next(100, 4000), 0, MibPerGib * random.Next(0, 2000), 0),
                gpus * (long)OneGpuMillis, random.Next(1, 64)),
            new GpuListing(model.Model, model.Vendor, model.VramGib >= 80 ? GpuInterface.Sxm : GpuInterface.Pcie, model.VramGib * MibPerGib - random.Next(3) * 256, 100, gpus, share, false),
            new ProviderStanding(Money.FromTokens(random.Next(1_000)), random.Next(20) == 0 ? 50_000 : 0, random.Next(90), random.Next(20_000, 32_000), random.Next(32_000), (byte)random.Next(1, 8)),
            Hosts[random.Next(Hosts.Length)],
            [],
            [],
            random.Next(100, 10_000),
            random.Next(1, 80),
            random.Next(1, 5) * 3600,
            random.Next(2) == 0);
    }

    /// <summary>The first models are the popular ones.</summary>
    private static GpuModel Pick(Random random) => Popular[(int)(Popular.Length * random.NextDouble() * random.NextDouble())];

    private static Address AddressOf(int number)
    {
        Span<byte> digest = stackalloc byte[Hash256.SizeBytes];
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        SHA256.HashData(bytes, digest);
        return new Address(digest[..Address.SizeBytes]);
    }
}
