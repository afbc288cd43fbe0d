using Grid.Protocol.Matching;

namespace Grid.Matching;

/// <summary>How well what is left after a placement still fits the usual orders: the share of them that still fits.</summary>
public static class AvailabilityFactor
{
    /// <summary>The published set, from a small service to eight GPUs. Each counts the same.</summary>
    public static ReadOnlySpan<UsualOrder> UsualOrders => Published;

    private static readonly UsualOrder[] Published =
    [
        new(1_000, 2 * Gib, 10 * Gib, 0),
        new(4_000, 8 * Gib, 40 * Gib, 0),
        new(16_000, 64 * Gib, 200 * Gib, 0),
        new(2_000, 8 * Gib, 40 * Gib, 500),
        new(4_000, 16 * Gib, 100 * Gib, 1_000),
        new(16_000, 64 * Gib, 200 * Gib, 2_000),
        new(32_000, 128 * Gib, 400 * Gib, 4_000),
        new(64_000, 256 * Gib, 800 * Gib, 8_000),
    ];

    private const int Gib = 1024;

    internal static readonly int PerUsualOrder = Factor.One / Published.Length;

    public static int Of(long cpuMillisLeft, long memoryMibLeft, long storageMibLeft, long gpuMillisLeft)
    {
        var fitting = 0;
        foreach (ref readonly var order in UsualOrders)
        {
            // Without branches: which of the usual orders fit is as good as random.
            var spare = cpuMillisLeft - order.CpuMillis | memoryMibLeft - order.MemoryMib | storageMibLeft - order.StorageMib | gpuMillisLeft - order.GpuMillis;
            fitting += spare >= 0 ? 1 : 0;
        }

        return fitting * PerUsualOrder;
    }
}

public readonly record struct UsualOrder(int CpuMillis, int MemoryMib, int StorageMib, int GpuMillis);
