using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

public sealed record GpuRequirement
{
    public const int MilliPerGpu = 1000;

    /// <summary>Thousandths of a GPU; 1000 is one whole GPU.</summary>
    public required int UnitsMilli { get; init; }

    /// <summary>Any one of these will do; empty: any GPU of any vendor.</summary>
    public ImmutableArray<GpuAlternative> Alternatives { get; init => field = Lists.Given(value); } = [];

    /// <summary>How much of each GPU's memory must be free.</summary>
    public VramRequirement? FreeVram { get; init; }
}

/// <param name="Vendor"><c>nvidia</c> or <c>amd</c>.</param>
/// <param name="Model">As the file names it, in lower case (<c>rtx4090</c>, <c>a100</c>); null for any model.</param>
/// <param name="RamBytes">The GPU memory that it must have; null for any.</param>
public sealed record GpuAlternative(string Vendor, string? Model, long? RamBytes, GpuInterface? Interface);

[JsonConverter(typeof(JsonStringEnumConverter<GpuInterface>))]
public enum GpuInterface
{
    Pcie = 1,
    Sxm,
}

/// <summary>Compares the free share of a GPU's memory, in percent.</summary>
public sealed record VramRequirement(VramComparison Comparison, int Percent)
{
    public bool IsMetBy(int freePercent) => Comparison switch
    {
        VramComparison.AtLeast => freePercent >= Percent,
        VramComparison.MoreThan => freePercent > Percent,
        VramComparison.AtMost => freePercent <= Percent,
        _ => freePercent < Percent,
    };
}

[JsonConverter(typeof(JsonStringEnumConverter<VramComparison>))]
public enum VramComparison
{
    AtLeast = 1,
    MoreThan,
    AtMost,
    LessThan,
}
