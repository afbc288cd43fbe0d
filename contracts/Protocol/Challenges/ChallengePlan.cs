using System.Buffers.Binary;
using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Eras;

namespace Grid.Protocol.Challenges;

/// <summary>
/// When an operator challenges a provider in an era, and with what: from the beacon, which the operator can't choose, and from its own secret, which the
/// provider can't know. Once the secret is revealed anybody computes the plan again.
/// </summary>
/// <param name="Beacon">Of the last committed era when this one began.</param>
/// <param name="Secret">The operator's, of this era.</param>
public sealed record ChallengePlan(EraSchedule Schedule, ulong Era, Hash256 Beacon, Hash256 Secret)
{
    public const int ChallengesPerEra = 3;

    /// <returns>In order of time; at most one a slot.</returns>
    public ImmutableArray<PlannedChallenge> Of(ProviderId provider)
    {
        var planned = new SortedDictionary<int, PlannedChallenge>();
        for (var number = 0; number < ChallengesPerEra; number++)
        {
            var nonce = Draw(provider, number);
            var second = Schedule.StartOf(Era) + (long)(BinaryPrimitives.ReadUInt64BigEndian(nonce.ToByteArray()) % (ulong)Schedule.EraSeconds);
            planned.TryAdd(Schedule.SlotAt(second), new PlannedChallenge(second, Schedule.SlotAt(second), nonce));
        }

        return [.. planned.Values];
    }

    public override string ToString() => $"challenges of era {Era}";

    private Hash256 Draw(ProviderId provider, int number) =>
        Keccak256.Hash(new CanonicalBytes().Text("grid.challenge.v1").Word(Beacon).Word(Secret).Int64((long)Era).Address(provider.Value).Int32(number).Written);
}

/// <param name="At">Unix seconds.</param>
public readonly record struct PlannedChallenge(long At, int Slot, Hash256 Nonce);
