using System.Collections.Immutable;

namespace Grid.Node.Inventory;

/// <summary>The part of the machine that its owner puts on the market.</summary>
public sealed record CapacitySlice(long CpuMillis, long MemoryMib, long DiskMib, ImmutableArray<string> GpuUuids)
{
    /// <summary>Everything but a quarter of the memory and of the free disk, which the machine itself needs.</summary>
    public static CapacitySlice DefaultOf(MachineInventory machine) =>
        new(machine.CpuMillis, machine.MemoryMib * 3 / 4, machine.DiskMib * 3 / 4, [.. machine.LeasableGpuUuids]);

    /// <returns>Why this slice can't be cut out of the machine; empty where it can.</returns>
    public ImmutableArray<string> ProblemsOn(MachineInventory machine)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        Compare(problems, "cpuMillis", CpuMillis, machine.CpuMillis);
        Compare(problems, "memoryMib", MemoryMib, machine.MemoryMib);
        Compare(problems, "diskMib", DiskMib, machine.DiskMib);
        var leasable = machine.LeasableGpuUuids.ToHashSet(StringComparer.Ordinal);
        foreach (var uuid in GpuUuids.Where(uuid => !leasable.Contains(uuid)))
        {
            problems.Add($"gpuUuids: '{uuid}' is not in this machine; it has: {(leasable.Count == 0 ? "no GPU" : string.Join(", ", leasable.Order(StringComparer.Ordinal)))}");
        }

        if (GpuUuids.Distinct(StringComparer.Ordinal).Count() != GpuUuids.Length) problems.Add("gpuUuids: a uuid is named twice; name each once");
        return problems.ToImmutable();
    }

    private static void Compare(ImmutableArray<string>.Builder problems, string field, long wanted, long present)
    {
        if (wanted <= 0) problems.Add($"{field}: {wanted} was given; expected 1 to {present}");
        else if (wanted > present) problems.Add($"{field}: {wanted} was given, but this machine has {present}; give at most that");
    }
}
