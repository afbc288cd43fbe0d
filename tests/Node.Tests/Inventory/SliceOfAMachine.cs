using Grid.Node.Inventory;

namespace Grid.Tests.Node.Inventory;

public sealed class SliceOfAMachine
{
    private const string Uuid = "GPU-0f2b8a3c-1111-2222-3333-444455556666";

    private static readonly MachineInventory Machine = new(
        8000, "a processor", "amd64", 16_000, 100_000, StorageClass.Nvme, [new Gpu(GpuVendor.Nvidia, 0, Uuid, "a card", 24_564, "", "", "", MigEnabled: false)], []);

    [Fact]
    public void The_default_slice_fits() => Assert.Empty(CapacitySlice.DefaultOf(Machine).ProblemsOn(Machine));

    [Fact]
    public void More_than_the_machine_has_is_refused_field_by_field()
    {
        var problems = new CapacitySlice(8001, 16_001, 0, ["GPU-other"]).ProblemsOn(Machine);

        Assert.Collection(
            problems,
            problem => Assert.Equal("cpuMillis: 8001 was given, but this machine has 8000; give at most that", problem),
            problem => Assert.StartsWith("memoryMib: 16001", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("diskMib: 0 was given", problem, StringComparison.Ordinal),
            problem => Assert.Contains(Uuid, problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_GPU_named_twice_is_refused() => Assert.Single(new CapacitySlice(1, 1, 1, [Uuid, Uuid]).ProblemsOn(Machine));

    [Fact]
    public void A_cut_card_can_only_be_leased_by_its_instances()
    {
        var cut = Machine with { Gpus = [Machine.Gpus[0] with { MigEnabled = true, MigInstances = [new MigInstance("MIG-1", "1g.5gb")] }] };

        Assert.Single(new CapacitySlice(1, 1, 1, [Uuid]).ProblemsOn(cut));
        Assert.Empty(new CapacitySlice(1, 1, 1, ["MIG-1"]).ProblemsOn(cut));
    }
}
