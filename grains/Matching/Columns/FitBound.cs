using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Grid.Protocol.Offers;

namespace Grid.Matching;

/// <summary>How many of the usual orders still fit what a placement leaves, 32 listings at a time; never fewer than really do.</summary>
internal sealed class FitBound
{
    private readonly Need[] _needs = new Need[AvailabilityFactor.UsualOrders.Length];

    public void Start(in ResourceAmounts amounts)
    {
        for (var i = 0; i < _needs.Length; i++)
        {
            ref readonly var usual = ref AvailabilityFactor.UsualOrders[i];
            _needs[i] = new Need(
                Code(usual.CpuMillis + amounts.CpuMillis),
                Code(usual.MemoryMib + amounts.MemoryMib),
                Code(usual.StorageMib + amounts.StorageMib.Total),
                Code(usual.GpuMillis + amounts.GpuMillis));
        }
    }

    /// <summary>Of the word's first and last 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(Chunk chunk, int word, out Vector512<ushort> first, out Vector512<ushort> last)
    {
        var (cpu, cpuLast) = Lanes.All(ref chunk.Word(Column.Cpu, word));
        var (memory, memoryLast) = Lanes.All(ref chunk.Word(Column.Memory, word));
        var (storage, storageLast) = Lanes.All(ref chunk.Word(Column.Storage, word));
        var (gpu, gpuLast) = Lanes.All(ref chunk.Word(Column.GpuMillis, word));
        (first, last) = (Vector512<ushort>.Zero, Vector512<ushort>.Zero);
        foreach (ref readonly var need in _needs.AsSpan())
        {
            // A lane that fits is all ones: minus one.
            first -= Vector512.GreaterThanOrEqual(cpu, need.Cpu) & Vector512.GreaterThanOrEqual(memory, need.Memory)
                & Vector512.GreaterThanOrEqual(storage, need.Storage) & Vector512.GreaterThanOrEqual(gpu, need.Gpu);
            last -= Vector512.GreaterThanOrEqual(cpuLast, need.Cpu) & Vector512.GreaterThanOrEqual(memoryLast, need.Memory)
                & Vector512.GreaterThanOrEqual(storageLast, need.Storage) & Vector512.GreaterThanOrEqual(gpuLast, need.Gpu);
        }
    }

    private static Vector512<ushort> Code(long amount) => Vector512.Create(Narrow.Floor(amount));

    private readonly record struct Need(Vector512<ushort> Cpu, Vector512<ushort> Memory, Vector512<ushort> Storage, Vector512<ushort> Gpu);
}
