using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol;
using Grid.Protocol.Slashing;

namespace Grid.Tests.Protocol.Slashing;

public sealed class SlashAmounts
{
    private const long Million = 1_000_000;

    private static readonly Gen<long> Amounts = Gen.OneOf(UpTo(10), UpTo(1_000_000), from tokens in UpTo(1_000_000_000) from units in UpTo(1_000_000) select tokens * Million + units);

    private static readonly Gen<SlashSchedule> Schedules =
        from perHour in Gen.Choose(0, 1_000_000)
        from most in Gen.Choose(1, 1_000_000)
        from compensation in Gen.Choose(0, 2_000_000)
        from reporter in Gen.Choose(0, 2_000_000)
        select new SlashSchedule((uint)perHour, (uint)most, (uint)compensation, (uint)reporter);

    [Fact]
    public void An_hour_of_downtime_costs_what_the_schedule_says()
    {
        Assert.Equal(Money.FromTokens(1), SlashSchedule.Standard.AmountRoundedUp(Money.FromTokens(100), Money.Zero, 3600));
        Assert.Equal(Money.FromTokens(50), SlashSchedule.Standard.AmountRoundedUp(Money.FromTokens(100), Money.Zero, 3600 * 24 * 365));
    }

    [Fact]
    public void A_second_of_the_smallest_stake_costs_all_of_it() =>
        Assert.Equal(new Money(1), SlashSchedule.Standard.AmountRoundedUp(new Money(1), Money.Zero, 1));

    [Fact]
    public void Rounding_never_favours_the_offender() => Check((schedule, staked, seconds) =>
    {
        var amount = schedule.AmountRoundedUp(new Money(staked), Money.Zero, seconds).MicroUnits;
        var bySchedule = (Int128)staked * schedule.SlashPpmPerHour * seconds;
        var byCap = (Int128)staked * schedule.MaxSlashPpm;
        Assert.True(amount * (Int128)3600 * Million >= bySchedule || amount * (Int128)Million >= byCap || amount == staked, $"{amount} of {staked}");
        Assert.True((amount - 1) * (Int128)3600 * Million < bySchedule || amount == 0, $"{amount} of {staked}: more than a unit too much");
        Assert.True((amount - 1) * (Int128)Million < byCap, $"{amount} of {staked}: more than one case may take");
    });

    [Fact]
    public void However_often_and_deep_all_slashes_together_stay_within_the_stake() => Prop.ForAll(
        Schedules.ToArbitrary(), Amounts.ToArbitrary(), UpTo(10_000_000).ArrayOf(40).ToArbitrary(), (schedule, staked, cases) =>
        {
            // Every second case stays open, so that its amount is only held; the others are executed at once.
            var (stake, held, taken) = (staked, 0L, 0L);
            for (var i = 0; i < cases.Length; i++)
            {
                var amount = schedule.AmountRoundedUp(new Money(stake), new Money(held), cases[i]).MicroUnits;
                Assert.InRange(amount, 0, stake - held);
                if (i % 2 == 0) held += amount;
                else (stake, taken) = (stake - amount, taken + amount);
            }

            Assert.True(taken + held <= staked, $"{taken} taken and {held} held of {staked}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_slash_is_split_to_the_micro_unit_and_a_fifth_of_it_burns_whatever_the_parameters_say() => Prop.ForAll(
        Schedules.ToArbitrary(), Amounts.ToArbitrary(), Amounts.ToArbitrary(), (schedule, amount, paid) =>
        {
            var shares = schedule.Split(new Money(amount), new Money(paid));

            Assert.Equal(amount, (shares.Compensation + shares.Reward + shares.Burned).MicroUnits);
            Assert.True(shares.Burned.MicroUnits * (Int128)5 >= amount, $"{shares} of {amount}");
            Assert.InRange(shares.Compensation.MicroUnits, 0, paid);
            Assert.True(shares.Reward.MicroUnits >= 0 && (shares.Reward.MicroUnits < amount || amount == 0), $"{shares} of {amount}");
        }).QuickCheckThrowOnFailure();

    private static Gen<long> UpTo(int most) => Gen.Choose(0, most).Select(number => (long)number);

    private static void Check(Action<SlashSchedule, long, long> holds) =>
        Prop.ForAll(Schedules.ToArbitrary(), Amounts.ToArbitrary(), UpTo(10_000_000).ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
