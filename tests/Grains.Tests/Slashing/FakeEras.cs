using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Slashing;

namespace Grid.Tests.Grains.Slashing;

/// <summary>What this operator saw: everything heard, but for what a test makes dark. Slots of a second, eras of 64.</summary>
internal sealed class FakeEras(DateTimeOffset start) : IEraWitness
{
    public EraSchedule Schedule { get; } = new(start.ToUnixTimeSeconds(), EraSchedule.MaxSlots, 1);

    public OperatorWeights Weights { get; set; } = new([KeyValuePair.Create(Some.Identity.Operator, 1UL)]);

    /// <summary>The slots of every era in which the operator was up.</summary>
    public ulong Up { get; set; } = ulong.MaxValue;

    /// <summary>Of every provider: seconds of silence, the second behind included not.</summary>
    public (long From, long To) Silence { get; set; }

    public Task<OperatorWeights> GetWeightsAsync() => Task.FromResult(Weights);

    public Task<ObservationBook?> GetOwnAsync(ulong era, ProviderId provider)
    {
        var touched = 0UL;
        for (var slot = 0; slot < Schedule.Slots; slot++)
        {
            var (from, _) = Schedule.SecondsOf(era, slot, slot);
            if (from < Silence.From || from >= Silence.To) touched |= 1UL << slot;
        }

        var row = new ProviderObservation(provider, ulong.MaxValue, touched, touched, 0, 0, 0, 0, 0);
        return Task.FromResult<ObservationBook?>(new ObservationBook(era, Some.Identity.Operator, Up, Hash256.Zero, Hash256.Zero, [row]));
    }
}
