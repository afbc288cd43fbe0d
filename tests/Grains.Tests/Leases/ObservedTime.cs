using FsCheck.Fluent;
using Grid.Leases;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Leases;

public sealed class ObservedTime
{
    [Fact]
    public void A_wall_clock_that_jumps_while_it_is_watched_changes_nothing()
    {
        var step =
            from seconds in Gen.Choose(0, 100)
            from jumpMinutes in Gen.Choose(-10, 10)
            select (Seconds: seconds, JumpMinutes: jumpMinutes);

        Properties.ForAllSequences(step, 40, steps =>
        {
            var time = new JumpingClock();
            var clock = new ObservedClock(time, SampleLease.Open(), isResumed: false);
            foreach (var (seconds, jump) in steps)
            {
                time.Pass(TimeSpan.FromSeconds(seconds));
                time.Jump(TimeSpan.FromMinutes(jump));
            }

            Assert.Equal(steps.Sum(step => step.Seconds), clock.Seconds);
        });
    }

    [Fact]
    public void What_passed_while_nobody_watched_is_read_off_the_wall_clock()
    {
        var time = new JumpingClock();
        time.Pass(TimeSpan.FromSeconds(50.2));

        Assert.Equal(70 + 51, new ObservedClock(time, SampleLease.Open() with { ObservedSeconds = 70, ObservedAt = Some.Now }, isResumed: true).Seconds);
    }

    [Fact]
    public void After_a_wall_clock_that_fell_back_all_that_is_paid_is_plausible()
    {
        var time = new JumpingClock();
        time.Jump(TimeSpan.FromMinutes(-10));
        var clock = new ObservedClock(time, SampleLease.Open() with { ObservedSeconds = 70, ObservedAt = Some.Now }, isResumed: true);

        Assert.Equal(3600, clock.Seconds);
        Assert.Equal(3600 + 600 + 30, clock.PlausibleSeconds(10));
    }

    [Fact]
    public void What_was_lived_stays_plausible_and_time_never_falls_over_restarts_and_jumps()
    {
        var step =
            from seconds in Gen.Choose(0, 100)
            from jumpMinutes in Gen.Choose(-10, 10)
            from restarts in Gen.Elements(true, false)
            select (Seconds: seconds, JumpMinutes: jumpMinutes, Restarts: restarts);

        Properties.ForAllSequences(step, 40, steps =>
        {
            var time = new JumpingClock();
            var state = SampleLease.Open();
            var clock = new ObservedClock(time, state, isResumed: false);
            var (seen, lived) = (0L, 0L);
            foreach (var (seconds, jump, restarts) in steps)
            {
                state = state with { ObservedSeconds = clock.Seconds, ObservedAt = time.GetUtcNow() };
                time.Jump(TimeSpan.FromMinutes(jump));
                time.Pass(TimeSpan.FromSeconds(seconds));
                lived += seconds;
                if (restarts) clock = new ObservedClock(time, state, isResumed: true);
                Assert.True(clock.Seconds >= seen, $"{clock.Seconds} s after {seen} s");
                var billable = Math.Min(lived, state.PaidThroughSeconds);
                Assert.True(clock.PlausibleSeconds(10) >= billable, $"{clock.PlausibleSeconds(10)} s are plausible, lived {lived} s");
                state = state with { LastReceipt = new Signed<Receipt>(SampleLease.Receipt(state, billable), default) };
                seen = clock.Seconds;
            }
        });
    }
}
