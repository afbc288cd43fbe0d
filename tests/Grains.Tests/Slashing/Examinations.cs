using FsCheck;
using FsCheck.Fluent;
using Grid.Eras;
using Grid.Protocol.Eras;
using Grid.Slashing;
using Grid.Tests.Grains.Eras;

namespace Grid.Tests.Grains.Slashing;

/// <summary>Silence is reported while it may be, whatever the eras wait for.</summary>
public sealed class Examinations
{
    private const int Silent = 4;

    [Fact]
    public void Silence_is_looked_at_as_soon_as_a_quorums_books_are_there_though_the_era_gets_no_root()
    {
        using var world = new EraWorld(operators: 3, providers: Silent, commitWindowEras: 6);
        world.RunEras(2);
        foreach (var each in world.Operators) each.Hears = static provider => provider != Silent;
        // It can't agree with what the others saw, and without it there is no quorum.
        world.Operators[0].Hears = static provider => provider == 1;
        world.RunEras(2);

        Assert.All(world.Operators, static each => Assert.InRange(each.View(2).Stage, EraStage.Gathering, EraStage.Submitted));
        Assert.All(world.Operators, static each => Assert.Equal(2UL, each.Cases(Silent).ExaminedThrough));
        Assert.Null(world.Operators[1].Cases(2).ExaminedThrough);

        world.RunEras(1);
        Assert.All(world.Operators, static each => Assert.True(each.View(2).Stage < EraStage.Committed));
        Assert.All(world.Operators, static each => Assert.Equal(3UL, each.Cases(Silent).ExaminedThrough));
    }

    [Fact]
    public void Each_era_is_looked_at_while_its_silence_may_be_reported() => Prop.ForAll(
        Gen.Choose(1, 200).ToArbitrary(), Gen.Choose(1, 5_000).ToArbitrary(), static (eraSeconds, reportSeconds) =>
        {
            var window = new ReportWindow(new EraSchedule(1_000, eraSeconds, 1), reportSeconds);
            for (var now = 1_000L; now < 1_000 + 20 * eraSeconds; now += Math.Max(1, eraSeconds / 3))
            {
                var current = window.Schedule.EraAt(now)!.Value;
                var eras = window.ErasAt(now);
                Assert.Equal(current > 0, eras is not null);
                for (var era = 0UL; era < current; era++)
                {
                    var mayBeReported = now <= window.Schedule.EndOf(era) + reportSeconds;
                    Assert.True(!mayBeReported || (eras!.Value.First <= era && era <= eras.Value.Last), $"era {era} at {now}: {eras}");
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_era_waits_for_the_ones_before_it_for_a_third_of_the_time_in_which_it_may_be_reported()
    {
        var window = new ReportWindow(new EraSchedule(1_000, 10, 1), 30);

        Assert.False(window.IsPressing(3, window.Schedule.EndOf(3) + 9));
        Assert.True(window.IsPressing(3, window.Schedule.EndOf(3) + 10));
    }
}
