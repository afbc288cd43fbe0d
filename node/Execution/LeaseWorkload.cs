using System.Collections.Immutable;
using Grid.Protocol;

namespace Grid.Node.Execution;

/// <summary>All that one lease runs on this machine. Kept in memory only: <see cref="EnvironmentVariable"/>s are secrets.</summary>
/// <param name="Attempt">Starts are idempotent by (lease, attempt); a lower one than the known is refused.</param>
/// <param name="StopAtBootMs">Boot-clock time up to which is paid. Whoever runs the workload stops it then, unless it was extended.</param>
/// <param name="DiskMib">Of all services together: inputs, outputs, volumes and working directories.</param>
public sealed record LeaseWorkload(LeaseId Lease, int Attempt, long StopAtBootMs, long DiskMib, ImmutableArray<ServiceWorkload> Services);

public enum WorkloadKind
{
    /// <summary>Runs until it is stopped; an exit is a failure and restarts it, with growing pauses.</summary>
    Service,

    /// <summary>Runs to its end; exit code 0 completes it, others are retried as often as it says.</summary>
    Batch,
}

/// <param name="Image"><c>host</c>, or an OCI reference.</param>
/// <param name="Command">Program and arguments. Everybody on the machine can read them: secrets belong into the environment.</param>
public sealed record ServiceWorkload(
    string Service,
    int Replica,
    WorkloadKind Kind,
    string Image,
    ImmutableArray<string> Command,
    ImmutableArray<EnvironmentVariable> Environment,
    WorkloadResources Resources)
{
    public int Retries { get; init; }

    /// <summary>TCP ports that a relay may be opened to.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];

    public ImmutableArray<NamedPath> Inputs { get; init; } = [];

    public ImmutableArray<NamedPath> Outputs { get; init; } = [];

    public ImmutableArray<VolumeMount> Volumes { get; init; } = [];

    public ImmutableArray<string> GpuUuids { get; init; } = [];

    /// <summary>Device files of those GPUs, e.g. <c>/dev/nvidia0</c>.</summary>
    public ImmutableArray<string> Devices { get; init; } = [];

    /// <summary>Between the request to end and the kill.</summary>
    public int StopGraceMs { get; init; } = 10_000;
}

/// <summary>A variable, whose value never shows in text.</summary>
public readonly record struct EnvironmentVariable(string Name, string Value)
{
    public override string ToString() => $"{Name}=…";
}

/// <param name="Pids">Processes and threads at once; 0 means the node's default.</param>
public sealed record WorkloadResources(long CpuMillis, long MemoryMib, int Pids = 0);

/// <summary>A file of the manifest's <c>inputs</c> or <c>outputs</c>.</summary>
/// <param name="Path">Inside the sandbox: absolute, or relative to <c>/work</c>.</param>
public sealed record NamedPath(string Name, string Path);

/// <param name="MemorySizeMib">Above 0: a RAM disk of that size instead of a directory.</param>
public sealed record VolumeMount(string Name, string Path, bool IsReadOnly, long MemorySizeMib = 0);
