using Grid.Node.Shim;

namespace Grid.Node.Execution;

/// <param name="DataDirectory">The node's. Leases lie in <c>leases</c>, the supervisor's files in <c>shim</c>.</param>
/// <param name="AllowUnisolated">Runs workloads without a sandbox where none can be had, at level <see cref="IsolationLevel.None"/>.</param>
/// <param name="AllowHostImage">Lets tenants use the image <c>host</c>: this machine's own programs, read-only.</param>
public sealed record WorkloadEngineOptions(string DataDirectory, bool AllowUnisolated = false, bool AllowHostImage = true)
{
    /// <summary>Where OCI images come from, as skopeo names it; a mirror is <c>docker://mirror.example/</c>.</summary>
    public string ImageTransport { get; init; } = "docker://";

    public NodeProgram Program { get; init; } = NodeProgram.Own;
}
