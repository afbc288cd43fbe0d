using System.Text.Json.Serialization;
using Grid.Protocol.Json;

namespace Grid.Protocol.Offers;

/// <summary>How a provider takes part. The values of all enums of this file are stored and signed: append only.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OfferMode>))]
public enum OfferMode : byte
{
    /// <summary>A machine run as a provider.</summary>
    Provider = 0,

    /// <summary>A home machine (<c>mode: fizz</c>), with the limits of that mode.</summary>
    Fizz = 1,
}

[JsonConverter(typeof(CamelCaseEnumConverter<CpuArchitecture>))]
public enum CpuArchitecture : byte
{
    Amd64 = 0,
    Arm64 = 1,
}

/// <summary>How strictly a node isolates a workload, in rising order: a higher level satisfies a lower demand.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IsolationLevel>))]
public enum IsolationLevel : byte
{
    /// <summary>No isolation at all; only a node started with <c>--allow-unisolated</c> lists it.</summary>
    None = 0,

    /// <summary>Own namespaces and seccomp, without hard limits of memory and CPU.</summary>
    Namespaces = 1,

    /// <summary>Namespaces, seccomp and cgroup limits.</summary>
    Full = 2,

    /// <summary>A virtual machine of its own.</summary>
    VirtualMachine = 3,
}
