using Grid.Node.Execution.Posix;

namespace Grid.Node.Inventory;

/// <summary>Time since this boot, suspended time included: what <c>paidThrough</c> is counted on. Wall clocks jump; this one does not.</summary>
public interface IBootClock
{
    /// <summary>Random id of the present boot. Milliseconds of two boots can't be compared.</summary>
    string BootId { get; }

    long NowMs { get; }
}

/// <summary>CLOCK_BOOTTIME and <c>/proc/sys/kernel/random/boot_id</c>, see clock_gettime(2) and random(4).</summary>
public sealed class SystemBootClock : IBootClock
{
    private const int ClockBootTime = 7;

    public string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public long NowMs
    {
        get
        {
            Errno.Check(Libc.ClockGetTime(ClockBootTime, out var now), "clock_gettime");
            return (now.Seconds * 1000) + (now.Nanoseconds / 1_000_000);
        }
    }
}
