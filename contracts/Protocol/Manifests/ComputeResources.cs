using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <summary>What one copy of a service needs.</summary>
public sealed record ComputeResources
{
    public required long CpuMillis { get; init; }

    /// <summary><c>arm64</c> asks for a Mac or another ARM host; null for any.</summary>
    public string? CpuArch { get; init; }

    /// <summary>CPU models of <see cref="CpuArch"/> that will do; empty for any.</summary>
    public ImmutableArray<string> CpuModels { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ManifestAttribute> CpuAttributes { get; init => field = Lists.Given(value); } = [];

    public required long MemoryBytes { get; init; }

    public ImmutableArray<ManifestAttribute> MemoryAttributes { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<StorageVolume> Storage { get; init => field = Lists.Given(value); } = [];

    /// <summary>Null: no GPU.</summary>
    public GpuRequirement? Gpu { get; init; }

    [JsonIgnore]
    public int GpuUnitsMilli => Gpu?.UnitsMilli ?? 0;

    /// <summary>On disk; shared memory (<see cref="StorageClass.Ram"/>) is not.</summary>
    [JsonIgnore]
    public long DiskBytes => Storage.Where(volume => volume.Class != StorageClass.Ram).Sum(volume => volume.SizeBytes);

    /// <summary>Volumes of <see cref="StorageClass.Ram"/>, which come out of the host's memory.</summary>
    [JsonIgnore]
    public long SharedMemoryBytes => Storage.Where(volume => volume.Class == StorageClass.Ram).Sum(volume => volume.SizeBytes);
}

/// <param name="Name"><see cref="DefaultName"/> when the file gives none; unique in a profile.</param>
public sealed record StorageVolume(string Name, long SizeBytes, bool Persistent, StorageClass Class)
{
    public const string DefaultName = "default";
}

[JsonConverter(typeof(JsonStringEnumConverter<StorageClass>))]
public enum StorageClass
{
    Default = 0,

    /// <summary>HDD.</summary>
    Beta1,

    /// <summary>SSD.</summary>
    Beta2,

    /// <summary>NVMe.</summary>
    Beta3,

    /// <summary>Shared memory.</summary>
    Ram,
}
