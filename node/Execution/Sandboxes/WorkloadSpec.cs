using System.Collections.Immutable;

namespace Grid.Node.Execution.Sandboxes;

/// <summary>One service as its supervisor is told to run it: nothing is left to look up. Travels over a socket of the owner's and stays in memory.</summary>
/// <param name="LeaseDirectory">Absolute, outside.</param>
/// <param name="Uid">The lease's own uid outside; null where the node isn't root and its own serves.</param>
/// <param name="RootDirectory">An unpacked image, relative to the lease's <c>files</c>; empty for the image <c>host</c>.</param>
public sealed record WorkloadSpec(
    WorkloadKey Key,
    int Attempt,
    WorkloadKind Kind,
    int Retries,
    string LeaseDirectory,
    uint? Uid,
    string RootDirectory,
    string WorkingDirectory,
    ImmutableArray<string> Command,
    ImmutableArray<EnvironmentVariable> Environment,
    WorkloadResources Resources,
    long DiskMib,
    ImmutableArray<SandboxMount> Mounts,
    ImmutableArray<string> Devices,
    ImmutableArray<string> HostNames,
    ImmutableArray<int> Ports,
    long StopAtBootMs,
    int StopGraceMs);
