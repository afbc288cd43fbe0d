using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Matching;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Providers;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>Row 19: a flood of machines that do not exist enrols; they get in slowly, rank below who has shown something, and earn nothing.</summary>
public static class FakeFlood
{
    private const int Fakes = 1_800_000;
    private const int Judged = 500;
    private const int Burst = 10_000;
    private const int PerMinute = 60;
    private const long FloodMs = 3_600_000;

    private static readonly Money Median = Money.FromTokens(100);

    private static readonly EraRules Rules = new(new EraSchedule(1_000_000, 6_400, 100), new RatePerHour(1_000_000), TrustTierTable.Standard);

    /// <param name="perMinute">Enrolments that are let in, unless a test lets in all.</param>
    /// <param name="standing">Of a fake: a newcomer's, unless a test believes what it says.</param>
    /// <param name="isChallenged">Whether fakes are asked to work, unless a test believes their heartbeats.</param>
    public static void Play(World world, int perMinute = PerMinute, ProviderStanding? standing = null, bool isChallenged = true)
    {
        Enrol(world, perMinute);
        Rank(world, standing ?? ProviderStanding.Newcomer);
        Reward(world, isChallenged);
    }

    private static void Enrol(World world, int perMinute)
    {
        var bucket = new EnrolmentBucket(Burst, perMinute);
        var entered = Enumerable.Range(0, Fakes).Count(i => bucket.TryTake(i * FloodMs / Fakes));
        const long Most = Burst + PerMinute * FloodMs / 60_000;
        world.Verdicts.Check(entered is > 0 and <= (int)Most, "INV-ENROL-01", $"{Fakes} fakes in an hour", $"at most {Most} let in", $"{entered}");
    }

    private static void Rank(World world, ProviderStanding standing)
    {
        var random = new SimulatedRandom(world.Options.Seed + 3);
        var query = new MatchQuery(MatchRequirement.Nothing with { Token = "GRID", PriceCeiling = new RatePerHour(2_000_000), Amounts = new ResourceAmounts(1_000, 1_024, default, 1_000, 0) }, RegionMap.Standard, acceptsPretendedGpus: false);
        var honest = query.Judge(RowOf(0, new ProviderStanding(Median, 0, 60, 16_000, 12_000, 3)), Median);
        for (var i = 1; i <= Judged; i++)
        {
            var fake = query.Judge(RowOf(random.Next(1, Fakes), standing), Median);
            world.Verdicts.Check(
                honest.ExcludedBy is null && fake.Score < honest.Score, "INV-ENROL-01", () => ($"fake {i}", $"a score below {honest.Score}, who has shown something", $"{fake.Score}, {honest.ExcludedBy}"));
        }
    }

    private static void Reward(World world, bool isChallenged)
    {
        var provider = new ProviderId(AddressOf(1));
        var all = Rules.Schedule.AllSlots;
        // It beats all the time, says that its GPU was leased for the whole era, and answers no challenge.
        var row = new ProviderObservation(provider, all, all, all, isChallenged ? all : 0, 0, isChallenged ? (ushort)64 : (ushort)0, 6_400_000, 1_000);
        var books = Enumerable.Range(1, 3).Select(i => new ObservationBook(0, AddressOf(-i), all, default, default, [row])).ToArray();
        var weights = new OperatorWeights(books.Select(static book => KeyValuePair.Create(book.Operator, 1UL)));
        var rewards = EraLeaves.Next([], books, weights, Rules).Sum(static leaf => leaf.Leaf.Rewards.MicroUnits);
        world.Verdicts.Check(rewards == 0, "INV-ENROL-01", "a fake that beats and never works", "no reward", $"{new Money(rewards)}");
    }

    private static OfferRow RowOf(int number, ProviderStanding standing) => new(
        new ProviderId(AddressOf(number)),
        AddressOf(number),
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
        standing,
        ImmutableArray<OfferAttribute>.Empty,
        [],
        [],
        1000,
        20,
        3600,
        false);

    private static Address AddressOf(int number) => new(Keccak256.Hash(BitConverter.GetBytes(number)).ToByteArray().AsSpan(0, Address.SizeBytes));
}
