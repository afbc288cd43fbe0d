namespace Grid.Protocol.Slashing;

/// <summary>What a fault costs, as the court computes it (<c>docs/protocol/slashing.md</c>). Shares are millionths. No rounding favours the offender.</summary>
/// <param name="SlashPpmPerHour">The share of the stake that one hour of the fault costs; 0: that kind is not punished.</param>
/// <param name="MaxSlashPpm">The most that one case takes of the stake.</param>
/// <param name="CompensationPpm">The part of a slash that goes to the tenant, at most what he paid.</param>
public sealed record SlashSchedule(uint SlashPpmPerHour, uint MaxSlashPpm, uint CompensationPpm, uint ReporterPpm)
{
    /// <summary>Whatever the parameters say, a fifth of every slash burns.</summary>
    public const uint MaxPaidOutPpm = 800_000;

    private const ulong Million = 1_000_000;
    private const ulong SecondsPerHour = 3600;

    /// <summary>The defaults of a real grid.</summary>
    public static SlashSchedule Standard { get; } = new(10_000, 500_000, 600_000, 50_000);

    /// <param name="staked">Active and unbonding.</param>
    /// <param name="held">Of it, what open cases hold: at most all.</param>
    /// <returns>Zero where nothing can be taken; never more than <paramref name="staked"/> − <paramref name="held"/>.</returns>
    public Money AmountRoundedUp(Money staked, Money held, long seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        if (staked <= held) return Money.Zero;
        var stake = (UInt128)(ulong)staked.MicroUnits;
        var bySchedule = RatioRoundedUp(stake * SlashPpmPerHour * (ulong)seconds, SecondsPerHour * Million);
        var byCap = RatioRoundedUp(stake * MaxSlashPpm, Million);
        var free = (UInt128)(ulong)(staked - held).MicroUnits;
        return new Money((long)UInt128.Min(UInt128.Min(bySchedule, byCap), free));
    }

    /// <summary>Who gets what of a slash: the shares of tenant and reporter are rounded down, and the rest burns.</summary>
    /// <param name="paid">What the tenant paid for the interval.</param>
    public SlashShares Split(Money amount, Money paid)
    {
        var reporterPpm = Math.Min(ReporterPpm, MaxPaidOutPpm);
        var compensationPpm = Math.Min(CompensationPpm, MaxPaidOutPpm - reporterPpm);
        var compensation = Money.Min(paid, ShareRoundedDown(amount, compensationPpm));
        var reward = ShareRoundedDown(amount, reporterPpm);
        return new SlashShares(compensation, reward, amount - compensation - reward);
    }

    private static UInt128 RatioRoundedUp(UInt128 value, UInt128 divisor) => (value + divisor - 1) / divisor;

    private static Money ShareRoundedDown(Money amount, uint ppm) => new((long)((UInt128)(ulong)amount.MicroUnits * ppm / Million));
}

/// <summary>Where a slash goes: all of it, to the micro-unit.</summary>
/// <param name="Reward">The reporter's.</param>
public readonly record struct SlashShares(Money Compensation, Money Reward, Money Burned);
