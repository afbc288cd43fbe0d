using System.Numerics;

namespace Grid.Protocol.Eras;

/// <summary>What one operator itself saw of one provider in one era. Each mask has a bit a slot.</summary>
/// <param name="Expected">Enrolled and not in announced maintenance.</param>
/// <param name="Heard">Heard of during at least half of the slot.</param>
/// <param name="Touched">Heard of at all: a slot without is dark.</param>
/// <param name="Failed">A challenge of that slot was not answered, or wrongly.</param>
/// <param name="Units">Weighted device-milliseconds of this operator's own leases, by the provider's receipts.</param>
/// <param name="CapacityMilli">The reward multipliers of the offered devices together, in thousandths.</param>
public readonly record struct ProviderObservation(
    ProviderId Provider, ulong Expected, ulong Heard, ulong Touched, ulong Failed, ushort ChallengesPassed, ushort ChallengesMade, ulong Units, uint CapacityMilli)
{
    /// <param name="up">The slots that the operator vouches for: it was up, and not cut off itself.</param>
    /// <returns>How many slots the operator can say anything of.</returns>
    public int Covered(ulong up) => BitOperations.PopCount(up & Expected);

    /// <returns>Null where less than half of the era is covered: then the operator abstains.</returns>
    public uint? UptimePpm(ulong up, int slots)
    {
        var covered = Covered(up);
        if (covered == 0 || covered * 2 < slots) return null;
        return (uint)((ulong)BitOperations.PopCount(up & Expected & Heard & ~Failed) * EraLeaf.FullPpm / (ulong)covered);
    }

    /// <summary>The slots in which the operator was up, expected the provider, and heard nothing at all.</summary>
    public ulong Dark(ulong up) => up & Expected & ~Touched;
}
