using Grid.Protocol.Catalogue;

namespace Grid.Protocol.Eras;

/// <summary>What an era earns (<c>docs/protocol/rewards.md</c>): units × base × trust multiplier, gated by uptime. The model's multiplier is in the units.</summary>
public static class EraReward
{
    /// <summary>Units are weighted device-milliseconds; the base is per weighted device-hour; the trust multiplier is in thousandths.</summary>
    private const ulong Divisor = 3_600UL * 1_000 * 1_000;

    /// <param name="basePerHour">Of one GPU of multiplier 1.</param>
    /// <param name="tier">After this era.</param>
    public static Money RoundedDown(ulong units, uint uptimePpm, int tier, RatePerHour basePerHour, TrustTierTable table)
    {
        if (!TrustTier.IsRewarded(tier, uptimePpm, table)) return Money.Zero;
        var scaled = (UInt128)units * (ulong)basePerHour.MicroUnits * (ulong)table[tier].RewardMultiplierMilli / Divisor;
        return new Money((long)UInt128.Min(scaled, long.MaxValue));
    }

    /// <summary>Nobody's leases can have used more than what is offered.</summary>
    /// <param name="capacityMilli">Reward multipliers of the offered devices together, in thousandths.</param>
    public static ulong MaxUnits(uint capacityMilli, long eraSeconds) => checked(capacityMilli * (ulong)eraSeconds);
}
