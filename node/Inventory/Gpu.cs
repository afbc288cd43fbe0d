using System.Collections.Immutable;

namespace Grid.Node.Inventory;

public enum GpuVendor
{
    Nvidia,
    Amd,
}

/// <summary>A GPU as its driver describes it; <see cref="Uuid"/> is its identity, since indices change from boot to boot.</summary>
/// <param name="MemoryMib">0 where the driver does not say.</param>
/// <param name="MigEnabled">The card is cut into <see cref="MigInstances"/>, which are leased instead of it.</param>
public sealed record Gpu(
    GpuVendor Vendor,
    int Index,
    string Uuid,
    string Model,
    long MemoryMib,
    string DriverVersion,
    string ComputeCapability,
    string PciBusId,
    bool MigEnabled)
{
    public ImmutableArray<MigInstance> MigInstances { get; init; } = [];
}

/// <param name="Profile">The vendor's name of the slice, e.g. <c>1g.10gb</c>.</param>
public sealed record MigInstance(string Uuid, string Profile);

/// <summary>What a vendor's tool listed, and what of it could not be understood.</summary>
public sealed record GpuListing(ImmutableArray<Gpu> Gpus, ImmutableArray<string> Problems)
{
    public static GpuListing Empty { get; } = new([], []);
}
