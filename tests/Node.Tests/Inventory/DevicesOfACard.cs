using Grid.Node.Inventory;

namespace Grid.Tests.Node.Inventory;

public sealed class DevicesOfACard
{
    private static readonly Gpu Card = new(GpuVendor.Nvidia, 0, "GPU-1", "a card", 1, "", "", "00000000:C1:00.0", MigEnabled: false);

    [Fact]
    public void Are_named_by_the_minor_that_the_driver_says() =>
        Assert.Equal("/dev/nvidia5", GpuDevices.Of(Card, path => path == "/proc/driver/nvidia/gpus/0000:c1:00.0/information" ? "Model: \t x\nDevice Minor: \t 5\n" : "")[0]);

    [Fact]
    public void Are_named_by_the_index_where_the_driver_says_nothing() => Assert.Equal("/dev/nvidia0", GpuDevices.Of(Card, _ => "")[0]);

    [Fact]
    public void Do_not_hold_another_card() => Assert.DoesNotContain("/dev/nvidia1", GpuDevices.Of(Card, _ => ""));
}
