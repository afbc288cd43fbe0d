using FsCheck;
using FsCheck.Fluent;
using Grid.Runtime.Hosting;

namespace Grid.Tests.Runtime.Activations;

public sealed class CoarseTimerTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Every_timer_fires_once_and_neither_early_nor_more_than_two_steps_after_a_look_at_its_time()
    {
        var act = from delay in Gen.Choose(0, 200_000) from pass in Gen.Frequency((8, Gen.Choose(0, 400)), (1, Gen.Choose(0, 300_000))) select (Delay: delay, Pass: pass);
        Prop.ForAll(act.ListOf().ToArbitrary(), acts =>
        {
            var (timers, now, fired) = (new CoarseTimers(Step), TimeSpan.Zero, new List<(TimeSpan Due, TimeSpan At)>());
            foreach (var (delay, pass) in acts)
            {
                var due = now + TimeSpan.FromMilliseconds(delay);
                timers.Create(_ => fired.Add((due, now)), this, TimeSpan.FromMilliseconds(delay));
                var until = now + TimeSpan.FromMilliseconds(pass);
                for (; now < until; now += Step) timers.AdvanceTo(now.Ticks);
            }

            for (var end = now + TimeSpan.FromSeconds(201); now < end; now += Step) timers.AdvanceTo(now.Ticks);
            Assert.Equal(acts.Count, fired.Count);
            Assert.All(fired, static timer => Assert.InRange(timer.At - timer.Due, TimeSpan.Zero, 2 * Step));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(30));
    }

    [Fact]
    public void After_a_long_pause_all_that_is_due_fires_at_once_and_nothing_else()
    {
        var (timers, fired) = (new CoarseTimers(Step), new List<int>());
        for (var second = 1; second <= 200; second++)
        {
            var number = second;
            timers.Create(_ => fired.Add(number), this, TimeSpan.FromSeconds(second));
        }

        timers.AdvanceTo(TimeSpan.FromSeconds(150.1).Ticks);

        Assert.Equal(Enumerable.Range(1, 150), fired.Order());
    }

    [Fact]
    public void A_timer_that_is_changed_fires_at_its_new_time_and_one_that_is_disposed_never()
    {
        var (timers, fired) = (new CoarseTimers(Step), new List<string>());
        var later = timers.Create(_ => fired.Add("later"), this, TimeSpan.FromSeconds(3));
        var never = timers.Create(_ => fired.Add("never"), this, TimeSpan.FromSeconds(3));
        var again = timers.Create(_ => fired.Add("again"), this, TimeSpan.FromSeconds(3));

        later.Change(TimeSpan.FromSeconds(100), Timeout.InfiniteTimeSpan);
        never.Dispose();
        timers.AdvanceTo(TimeSpan.FromSeconds(4).Ticks);
        Assert.Equal(["again"], fired);

        again.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        timers.AdvanceTo(TimeSpan.FromSeconds(8).Ticks);
        timers.AdvanceTo(TimeSpan.FromSeconds(110).Ticks);
        Assert.Equal(["again", "again", "later"], fired);
    }
}
