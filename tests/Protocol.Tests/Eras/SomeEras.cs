using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

internal static class SomeEras
{
    public static EraSchedule Schedule { get; } = new(1_000_000, 86_400, 10);

    public static EraRules Rules { get; } = new(Schedule, new RatePerHour(1_000_000), TrustTierTable.Standard);

    public static Address Operator(int number) => SomeLeaves.Provider(1_000_000 + number).Value;

    public static OperatorWeights Weights(params ulong[] weights) =>
        new(weights.Select((weight, i) => KeyValuePair.Create(Operator(i), weight)));

    public static ObservationBook Book(int number, params ProviderObservation[] providers) => new(
        5, Operator(number), Schedule.AllSlots, Hash256.Zero, Hash256.Zero, [.. providers.OrderBy(static provider => provider.Provider)]);

    /// <summary>Heard in the first slots and dark in the rest.</summary>
    public static ProviderObservation Heard(long provider, int slots, ulong units = 0, uint capacityMilli = 1_000)
    {
        var mask = slots >= 64 ? ulong.MaxValue : (1UL << slots) - 1;
        return new ProviderObservation(SomeLeaves.Provider(provider), Schedule.AllSlots, mask, mask, 0, 0, 0, units, capacityMilli);
    }

    public static uint Ppm(int slots) => (uint)(slots * 1_000_000L / 64);

    public static EraRow Only(ImmutableArray<EraRow> rows) => Assert.Single(rows);
}
