using Grid.Node.Inventory;

namespace Grid.Tests.Node.Inventory;

public sealed class ThisMachine
{
    [Fact]
    public async Task Has_processors_memory_and_disk()
    {
        var machine = await MachineDiscovery.DiscoverAsync(Path.GetTempPath(), TestContext.Current.CancellationToken);

        Assert.Equal(Environment.ProcessorCount * 1000L, machine.CpuMillis);
        Assert.True(machine.MemoryMib > 64);
        Assert.True(machine.DiskMib > 0);
        Assert.NotEqual("", machine.CpuModel);
    }

    [Fact]
    public void Its_boot_clock_goes_forward_within_one_boot()
    {
        var clock = new SystemBootClock();
        var before = clock.NowMs;

        Assert.True(Guid.TryParse(clock.BootId, out _));
        Assert.True(before > 0);
        Assert.True(clock.NowMs >= before);
    }

    [Fact]
    public void A_mount_is_found_by_its_longest_point()
    {
        const string MountInfo = """
            22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            30 22 259:2 / /data rw,relatime - xfs /dev/nvme0n1p1 rw
            31 22 0:40 / /data\040two rw - tmpfs tmpfs rw
            """;

        Assert.Equal("xfs", ProcFiles.MountOf(MountInfo, "/data/leases")!.FileSystem);
        Assert.Equal("/", ProcFiles.MountOf(MountInfo, "/database")!.MountPoint);
        Assert.Equal("tmpfs", ProcFiles.MountOf(MountInfo, "/data two")!.FileSystem);
    }

    [Theory]
    [InlineData("tmpfs", "tmpfs", "", "ram")]
    [InlineData("ext4", "/dev/nvme0n1p2", "0", "beta3")]
    [InlineData("ext4", "/dev/sda1", "0\n", "beta2")]
    [InlineData("ext4", "/dev/sda1", "1\n", "beta1")]
    [InlineData("ext4", "/dev/vda", "1\n", "default")]
    [InlineData("overlay", "overlay", "", "default")]
    public void A_storage_class_is_guessed_from_the_disk(string fileSystem, string source, string rotational, string expected) =>
        Assert.Equal(expected, StorageClass.Guess(fileSystem, source, rotational));

    [Fact]
    public void Processors_are_named_on_both_architectures()
    {
        Assert.Equal("AMD EPYC 7B13", ProcFiles.CpuModel("processor\t: 0\nmodel name\t: AMD EPYC 7B13\n"));
        Assert.Equal("ARM 0x41 0xd0c", ProcFiles.CpuModel("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n"));
        Assert.Equal("unknown", ProcFiles.CpuModel(""));
    }
}
