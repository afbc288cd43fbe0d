using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Matching;

/// <summary>Why a listing can't take an order, in the order of evaluation: the first that excludes is counted. The values are stored: append only.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HardFilter>))]
public enum HardFilter : byte
{
    PretendedGpu = 0,
    Mode = 1,
    Architecture = 2,
    GpuModel = 3,
    GpuVram = 4,
    GpuInterface = 5,
    GpuCount = 6,
    Cpu = 7,
    Memory = 8,
    Storage = 9,
    StorageClass = 10,
    Ports = 11,
    Region = 12,
    ExcludedRegion = 13,
    Provider = 14,
    ExcludedProvider = 15,
    TrustTier = 16,
    Attributes = 17,
    SignedBy = 18,
    Compliance = 19,
    Isolation = 20,
    RoundTrip = 21,
    Bandwidth = 22,
    HostImage = 23,
    RunAhead = 24,
    Token = 25,
    PriceCeiling = 26,
    Stake = 27,
}

public static class HardFilters
{
    public const int Count = (int)HardFilter.Stake + 1;

    /// <summary>A filter's name for people and JSON, <c>gpuModel</c>.</summary>
    public static string NameOf(HardFilter filter)
    {
        var name = filter.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
