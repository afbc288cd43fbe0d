using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Runtime.Simulation;

namespace Grid.Simulation;

/// <summary>
/// Row 22: operators withhold their books and file them late; one of them lies about everybody, and each is cut off now and then. By the real rules of eras and
/// faults, what the honest saw decides, and what came late never counts.
/// </summary>
public static class DividedOperators
{
    private const int Operators = 4;
    private const int Providers = 6;
    private const int Eras = 60;

    /// <summary>Heard by the liar alone: it does not exist.</summary>
    private const int Invented = Providers;

    private static readonly EraSchedule Schedule = new(1_000_000, 6_400, 100);

    private static readonly EraRules Rules = new(Schedule, new RatePerHour(1_000_000), TrustTierTable.Standard);

    private static readonly Address[] Addresses = [.. Enumerable.Range(1, Operators).Select(static i => AddressOf(i)).Order()];

    /// <param name="liarsWeight">Of the first operator; each of the others has weight 10.</param>
    /// <param name="takesLateBooks">Whether a committed era is made again from books that came late: never, unless a test says so.</param>
    public static void Play(World world, ulong liarsWeight = 10, bool takesLateBooks = false)
    {
        var random = new SimulatedRandom(world.Options.Seed + 2);
        var weights = new OperatorWeights(Addresses.Select((address, i) => KeyValuePair.Create(address, i == 0 ? liarsWeight : 10UL)));
        IReadOnlyList<EraRow> committed = [];
        for (var era = 0UL; era < Eras; era++)
        {
            // Up to two providers really go down for a while.
            var down = Enumerable.Range(0, Providers).Select(i => i < 2 && random.Chance(0.3) ? RunOf(random) : 0UL).ToArray();
            var books = Enumerable.Range(0, Operators).Select(i => BookOf(era, i, down, random)).ToArray();
            var inTime = books.Where(_ => random.Chance(0.85)).ToArray();
            CheckFaults(world, weights, books, down, era);
            if (!weights.IsQuorum(inTime.Select(static book => book.Operator))) continue;
            var rows = EraLeaves.Next(committed, inTime, weights, Rules);
            var late = EraLeaves.Next(committed, books, weights, Rules);
            CheckLeaves(world, rows, down, books, era);
            var onChain = takesLateBooks ? late : rows;
            world.Verdicts.Check(onChain.SequenceEqual(rows), "INV-ERA-01", $"era {era}", "the leaves of the books that came in time", "other leaves");
            committed = onChain;
        }
    }

    /// <summary>Nobody is down, nor accused by a quorum, while it was up.</summary>
    private static void CheckFaults(World world, OperatorWeights weights, ObservationBook[] books, ulong[] down, ulong era)
    {
        var accused = Enumerable.Range(0, Providers).Where(provider => IsWronged(provider, weights, books, down[provider], era)).ToArray();
        world.Verdicts.Check(accused.Length == 0, "INV-SLASH-04", $"era {era}", "nobody is down, nor signed to be, while it was up", $"providers {string.Join(", ", accused)}");
    }

    private static bool IsWronged(int provider, OperatorWeights weights, ObservationBook[] books, ulong down, ulong era) =>
        (DownIntervals.DarkMask(IdOf(provider), books, weights, Schedule.Slots) & ~down) != 0
        || Enumerable.Range(0, Schedule.Slots).Any(slot => (down >> slot & 1) == 0 && IsSigned(provider, slot, weights, books, era));

    private static bool IsSigned(int provider, int slot, OperatorWeights weights, ObservationBook[] books, ulong era)
    {
        var (from, to) = Schedule.SecondsOf(era, slot, slot);
        var fault = new Fault(FaultKind.Downtime, IdOf(provider), default, Addresses[0], from, to, Money.Zero, Addresses[0]);
        // The liar signs everything.
        return weights.IsQuorum(books.Where((book, i) => i == 0 || FaultSilence.Objection(fault, book, Schedule) is null).Select(static book => book.Operator));
    }

    private static void CheckLeaves(World world, IReadOnlyList<EraRow> rows, ulong[] down, ObservationBook[] books, ulong era)
    {
        world.Verdicts.Check(rows.All(row => row.Leaf.Provider != IdOf(Invented)), "INV-ERA-02", $"era {era}", "no leaf of a node that one operator invented", "a leaf");
        foreach (var row in rows.Where(static row => row.IsObserved))
        {
            // An honest operator's figure is what it saw in the slots that it vouches for: the leaf lies between the lowest and the highest of them.
            var honest = books.Skip(1).Select(book => book.Find(row.Leaf.Provider)?.UptimePpm(book.Up, Schedule.Slots)).OfType<uint>().ToArray();
            if (honest.Length == 0) continue;
            world.Verdicts.Check(
                row.Leaf.UptimePpm >= honest.Min() && row.Leaf.UptimePpm <= honest.Max(),
                "INV-ERA-02",
                () => ($"{row.Leaf.Provider} in era {era}", $"an uptime of {honest.Min()} to {honest.Max()} ppm (down {string.Join(' ', down.Select(static mask => mask.ToString("x16", null)))})", $"{row.Leaf.UptimePpm}"));
        }
    }

    /// <summary>The liar's says the contrary of the truth and invents a node; the others' say what they heard while they were up.</summary>
    private static ObservationBook BookOf(ulong era, int number, ulong[] down, SimulatedRandom random)
    {
        var outage = random.Chance(0.2) ? RunOf(random) : 0UL;
        var isLiar = number == 0;
        var known = Enumerable.Range(0, isLiar ? Providers + 1 : Providers).Select(provider =>
        {
            var heard = provider == Invented || isLiar == (down.ElementAtOrDefault(provider) != 0) ? Schedule.AllSlots : isLiar ? 0 : Schedule.AllSlots & ~down[provider];
            return new ProviderObservation(IdOf(provider), Schedule.AllSlots, heard, heard, 0, 0, 0, isLiar ? ulong.MaxValue >> 20 : 1_000_000, 1_000);
        });
        return new ObservationBook(era, Addresses[number], isLiar ? Schedule.AllSlots : Schedule.AllSlots & ~outage, default, default, [.. known.OrderBy(static row => row.Provider)]);
    }

    private static ulong RunOf(SimulatedRandom random)
    {
        var (first, length) = (random.Next(Schedule.Slots), random.Next(1, Schedule.Slots / 2));
        return ((1UL << length) - 1) << first & Schedule.AllSlots;
    }

    private static ProviderId IdOf(int number) => new(AddressOf(1_000 + number));

    private static Address AddressOf(int number) => new(Keccak256.Hash(BitConverter.GetBytes(number)).ToByteArray().AsSpan(0, Address.SizeBytes));
}
