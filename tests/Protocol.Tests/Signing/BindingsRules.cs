using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;

namespace Grid.Tests.Protocol.Signing;

public sealed class BindingsRules
{
    private static readonly Bindings s_bindings = new(
        [new BoundDevice("GPU-b"), new BoundDevice("GPU-a", 500)], 1500, 2048, new StorageAmounts(10, 0, 30, 40), [new BoundPort("web", 80), new BoundPort("api", 8080)]);

    [Fact]
    public void The_hash_matches_a_second_implementation() => Assert.Equal(GoldenVectors.Hash(GoldenVectors.Root, "bindingsHash"), s_bindings.Hash());

    [Fact]
    public void The_order_of_the_lists_does_not_change_the_hash() => Prop.ForAll<int[]>(keys =>
    {
        var devices = keys.Distinct().Take(Limits.MaxDevicesPerLease).Select(key => new BoundDevice($"GPU-{key}")).ToList();
        var bindings = s_bindings with { Devices = devices };
        var reversed = s_bindings with { Devices = [.. devices.AsEnumerable().Reverse()], Ports = [.. s_bindings.Ports.Reverse()] };
        return bindings.Hash() == reversed.Hash();
    }).QuickCheckThrowOnFailure();

    public static TheoryData<Bindings> Changed => new()
    {
        s_bindings with { CpuMillis = 1501 },
        s_bindings with { MemoryMib = 2049 },
        s_bindings with { StorageMib = new StorageAmounts(0, 10, 30, 40) },
        s_bindings with { Devices = [new BoundDevice("GPU-b"), new BoundDevice("GPU-a", 501)] },
        s_bindings with { Devices = [new BoundDevice("GPU-b")] },
        s_bindings with { Ports = [new BoundPort("web", 80), new BoundPort("api", 8081)] },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_other_binding_has_another_hash(Bindings changed) => Assert.NotEqual(s_bindings.Hash(), changed.Hash());

    public static TheoryData<Bindings> Malformed => new()
    {
        s_bindings with { CpuMillis = -1 },
        s_bindings with { MemoryMib = long.MaxValue },
        s_bindings with { Devices = [new BoundDevice("GPU-a"), new BoundDevice("GPU-a")] },
        s_bindings with { Devices = [new BoundDevice("")] },
        s_bindings with { Devices = [new BoundDevice("GPU-a", 1001)] },
        s_bindings with { Devices = [.. Enumerable.Range(0, Limits.MaxDevicesPerLease + 1).Select(i => new BoundDevice($"GPU-{i}"))] },
        s_bindings with { Ports = [new BoundPort("web", 80), new BoundPort("web", 80)] },
        s_bindings with { Ports = [new BoundPort("web", 0)] },
        s_bindings with { Ports = null! },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Bindings_out_of_bounds_are_not_well_formed(Bindings malformed) => Assert.False(malformed.IsWellFormed());

    [Fact]
    public void Usual_bindings_are_well_formed() => Assert.True(s_bindings.IsWellFormed() && Bindings.Empty.IsWellFormed());
}
