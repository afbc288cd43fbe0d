using System.Buffers.Binary;
using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Manifests;
using Grid.Protocol.Matching;
using Grid.Protocol.Offers;

namespace Grid.Tests.Grains.Matching;

/// <summary>Providers and orders to match, one by one or at random.</summary>
internal static class World
{
    public static readonly Money MedianStake = Money.FromTokens(100);

    private static readonly string[] Regions = ["germany", "france", "us-east", "japan", "brazil"];
    private static readonly string[] Models = ["rtx4090", "a100", "h100", "rtx3060"];

    /// <summary>A provider that passes whatever an order of <see cref="Order"/> asks.</summary>
    public static OfferRow Provider(int number, int? owner = null) => new(
        new ProviderId(AddressOf(number)),
        AddressOf(owner ?? number),
        Hash256.Zero,
        "germany",
        "rack-1",
        OfferMode.Provider,
        CpuArchitecture.Amd64,
        IsolationLevel.Full,
        "GRID",
        new UnitPrices(20_000, 5_000, new StorageAmounts(100, 50, 100, 200), 400_000),
        new ResourceAmounts(32_000, 131_072, new StorageAmounts(1 << 20, 1 << 20, 1 << 20, 1 << 20), 4_000, 16),
        new GpuListing("rtx4090", "nvidia", GpuInterface.Pcie, 24_564, 100, 4, 500, false),
        new ProviderStanding(MedianStake, 0, 60, 16_000, 12_000, 3),
        [new OfferAttribute("host", "akash"), new OfferAttribute(MatchRequirement.CpuModelKey, "epyc")],
        [AddressOf(900)],
        ["gdpr"],
        1000,
        20,
        3600,
        true);

    /// <summary>One GPU and some of everything, for up to two tokens an hour.</summary>
    public static MatchRequirement Order() => MatchRequirement.Nothing with
    {
        Amounts = new ResourceAmounts(4_000, 16_384, new StorageAmounts(10_240, 0, 0, 0), 1_000, 1),
        LargestGpuShareMillis = 1000,
        Token = "GRID",
        PriceCeiling = new RatePerHour(2_000_000),
    };

    public static ImmutableArray<OfferRow> Random(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(number => RandomProvider(random, number))];
    }

    public static MatchRequirement RandomOrder(int seed)
    {
        var random = new Random(seed);
        var order = Order() with
        {
            Amounts = new ResourceAmounts(random.Next(20_000), random.Next(100_000), new StorageAmounts(random.Next(200_000), 0, random.Next(2) * 1000, 0), 1000 * random.Next(3), random.Next(3)),
            PriceCeiling = new RatePerHour(random.Next(1, 3_000_000)),
        };
        if (random.Next(3) == 0) order = order with { Amounts = order.Amounts with { GpuMillis = 500 }, LargestGpuShareMillis = 500 };
        if (random.Next(2) == 0) order = order with { Gpus = [new WantedGpu("nvidia", Models[random.Next(4)], 0, null), new WantedGpu("", "", 40_000, GpuInterface.Sxm)] };
        if (random.Next(2) == 0) order = order with { Regions = [Regions[random.Next(5)], Regions[random.Next(5)]], Zone = random.Next(2) == 0 ? "rack-1" : "" };
        if (random.Next(4) == 0) order = order with { TrustTiers = 0b0011_1110 };
        return order;
    }

    public static OfferIndex Index(IEnumerable<OfferRow> rows)
    {
        var index = new OfferIndex(RegionMap.Standard);
        index.Apply(OfferDelta.MeasureStakeAgainst(MedianStake));
        foreach (var row in rows) index.Apply(OfferDelta.Upsert(row));
        return index;
    }

    public static MatchQuery Query(MatchRequirement order, bool acceptsPretendedGpus = false) => new(order, RegionMap.Standard, acceptsPretendedGpus);

    public static Judgement Judge(OfferRow row, MatchRequirement order) => Query(order).Judge(row, MedianStake);

    /// <summary>A seed like one that a matchmaker would use, with a hash chain of four elements.</summary>
    public static MatchSeed Seed(int number)
    {
        var chain = new HashChain(Digest(number), 4);
        return new MatchSeed(Hash256.Zero, new OrderId(Digest(-number - 1)), chain.Anchor, 3, chain.Element(3));
    }

    public static MatchDraw Draw(int number) => new(Digest(number));

    public static Hash256 Digest(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new Hash256(System.Security.Cryptography.SHA256.HashData(bytes));
    }

    public static Address AddressOf(int number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.SizeBytes];
        Digest(number).CopyTo(bytes);
        return new Address(bytes[..Address.SizeBytes]);
    }

    private static OfferRow RandomProvider(Random random, int number)
    {
        var hasGpu = random.Next(4) > 0;
        var gpus = hasGpu ? random.Next(1, 9) : 0;
        var row = Provider(number, random.Next(1, 1 + number));
        return row with
        {
            Region = Regions[random.Next(5)],
            Zone = random.Next(2) == 0 ? "rack-1" : "",
            Prices = new UnitPrices(random.Next(40_000), random.Next(10_000), new StorageAmounts(random.Next(200), 0, 100, 0), random.Next(1_000_000)),
            Free = new ResourceAmounts(random.Next(64_000), random.Next(262_144), new StorageAmounts(random.Next(1 << 20), 0, random.Next(4000), 0), 1000 * gpus, random.Next(1, 9)),
            Gpu = hasGpu
                ? new GpuListing(Models[random.Next(4)], "nvidia", (GpuInterface)random.Next(1, 3), 1024 * random.Next(8, 100), random.Next(101), gpus, random.Next(2) * 500, false)
                : GpuListing.None,
            // Coarse on purpose: equal scores must occur.
            Standing = new ProviderStanding(Money.FromTokens(50 * random.Next(10)), random.Next(2) * 100_000, random.Next(4) * 15, random.Next(4) * 8000, random.Next(3) * 10_000, (byte)random.Next(1, 8)),
        };
    }
}
