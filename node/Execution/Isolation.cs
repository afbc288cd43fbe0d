using System.Collections.Immutable;

namespace Grid.Node.Execution;

/// <summary>Ordered: a higher level holds everything that a lower one does.</summary>
public enum IsolationLevel
{
    /// <summary>No sandbox at all.</summary>
    None,

    /// <summary>Namespaces and a system call filter; memory, CPU and processes are not limited by the kernel.</summary>
    Namespaces,

    /// <summary>Also limits of memory, CPU and processes.</summary>
    Full,
}

/// <summary>What this machine was found to hold when its supervisor started.</summary>
/// <param name="Shortcomings">What keeps it from a higher level, and what to install or change.</param>
/// <remarks>At every level the disk is checked, not limited: a lease is measured from time to time and stopped when it is over.</remarks>
public sealed record IsolationReport(IsolationLevel Level, ImmutableArray<string> Shortcomings);

/// <summary>This machine can't isolate what it runs, and its owner has not allowed that.</summary>
public sealed class IsolationRefusedException(IsolationReport report)
    : Exception($"This machine can't isolate workloads: {string.Join("; ", report.Shortcomings)}. Or start the node with --allow-unisolated, which is shown to tenants as level none.")
{
    public IsolationReport Report { get; } = report;
}

/// <summary>A lease that this node will not start, with each reason.</summary>
public sealed class WorkloadRefusedException(ImmutableArray<string> problems) : Exception(string.Join("; ", problems))
{
    public ImmutableArray<string> Problems { get; } = problems;
}
