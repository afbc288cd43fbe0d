using FsCheck.Fluent;
using Grid.Node.Hosting;
using Grid.Tests.Node.Leases;

namespace Grid.Tests.Node.Hosting;

public sealed class RetentionOfLogs
{
    private const long DayMs = 24L * 60 * 60 * 1000;

    [Fact]
    public void Whatever_has_ended_no_more_workloads_are_kept_than_the_supervisor_has_room_for_and_the_newest_are_kept()
    {
        var leases = from workloads in Gen.Choose(1, 64) from endedMs in Gen.Choose(0, 1_000_000) from isKnown in ArbMap.Default.GeneratorFor<bool>() select (workloads, endedMs, isKnown);
        Properties.ForAllSequences(leases, 60, made =>
        {
            var lying = made.Select(static (lease, number) => new LyingLease(Sample.Lease(number), lease.workloads, lease.endedMs, lease.isKnown)).ToArray();
            var over = Retention.Over(lying, 1_000_000).ToHashSet();
            var kept = lying.Where(lease => !over.Contains(lease.Lease)).ToArray();
            Assert.True(kept.Sum(static lease => lease.Workloads) <= 256);
            if (lying.Sum(static lease => lease.Workloads) <= 256) Assert.Empty(over);
            if (lying.Length > 0) Assert.DoesNotContain(lying.OrderByDescending(static lease => lease.EndedBootMs).ThenBy(static lease => lease.Lease).First().Lease, over);
        });
    }

    [Fact]
    public void After_a_day_the_logs_go_unless_their_operator_has_not_released_the_lease()
    {
        LyingLease[] lying = [new(Sample.Lease(1), 1, 0, false), new(Sample.Lease(2), 1, 0, true), new(Sample.Lease(3), 1, DayMs, false)];
        Assert.Equal([Sample.Lease(1)], Retention.Over(lying, DayMs + 1));
    }
}
