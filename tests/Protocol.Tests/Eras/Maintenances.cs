using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Tests.Protocol.Eras;

public sealed class Maintenances
{
    private const long Now = 1_000_000;

    private static readonly EraSchedule s_schedule = new(Now, 640, 10);

    [Fact]
    public void It_is_announced_an_era_ahead_and_not_too_far()
    {
        Assert.NotNull(Refusal(Window(639, 10)));
        Assert.Null(Refusal(Window(640, 10)));
        Assert.Null(Refusal(Window(640 * 30, 10)));
        Assert.NotNull(Refusal(Window(640 * 30 + 1, 10)));
        Assert.NotNull(Refusal(Window(1_000, 0)));
    }

    [Fact]
    public void It_lasts_an_era_in_thirty_at_most_however_it_is_cut()
    {
        Assert.Null(Refusal(Window(1_000, 640)));
        Assert.NotNull(Refusal(Window(1_000, 641)));
        Assert.NotNull(Refusal(Window(5_000, 300), Window(1_000, 400)));
        Assert.Null(Refusal(Window(5_000, 240), Window(1_000, 400)));
    }

    [Fact]
    public void It_counts_once() => Assert.NotNull(Refusal(Window(1_050, 10), Window(1_000, 100)));

    [Fact]
    public void Whatever_is_taken_thirty_eras_hold_one_era_of_it_at_most() =>
        Prop.ForAll(Gen.Choose(0, 40 * 640).Zip(Gen.Choose(1, 400)).ListOf(40).ToArbitrary(), static asked =>
        {
            var taken = new List<AnnouncedMaintenance>();
            for (var i = 0; i < asked.Count; i++)
            {
                var now = Now + 320 * i;
                var window = Window(now - Now + asked[i].Item1, asked[i].Item2);
                if (MaintenanceRules.Refusal(window, taken, s_schedule, now) is null) taken.Add(Announced(window));
            }

            var windows = taken.Select(static one => one.Notice.Value).ToArray();
            return windows.Select(static one => one.FromUnixSeconds).All(first => windows
                .Where(one => one.FromUnixSeconds >= first && one.FromUnixSeconds < first + 30 * 640)
                .Sum(static one => one.ToUnixSeconds - one.FromUnixSeconds) <= 640);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_slots_that_it_lies_in_are_expected_of_nobody()
    {
        AnnouncedMaintenance[] announced = [Announced(Window(645, 20))];

        Assert.Equal(0b111UL, MaintenanceRules.Slots(announced, 1, s_schedule));
        Assert.Equal(0UL, MaintenanceRules.Slots(announced, 0, s_schedule));
        Assert.Equal(64, BitOperations.PopCount(MaintenanceRules.Slots([Announced(Window(0, 5_000))], 3, s_schedule)));
    }

    [Fact]
    public void What_is_over_for_long_is_forgotten()
    {
        AnnouncedMaintenance[] announced = [Announced(Window(1_000, 100))];

        Assert.Single(MaintenanceRules.Kept(announced, s_schedule, Now + 1_099 + 30 * 640));
        Assert.Empty(MaintenanceRules.Kept(announced, s_schedule, Now + 1_100 + 30 * 640));
    }

    private static string? Refusal(Maintenance asked, params Maintenance[] known) =>
        MaintenanceRules.Refusal(asked, [.. known.Select(Announced)], s_schedule, Now);

    private static Maintenance Window(long from, long seconds) => new(SomeLeaves.Provider(100), Now + from, Now + from + seconds);

    private static AnnouncedMaintenance Announced(Maintenance window) => new(new Signed<Maintenance>(window, default), Now);
}
