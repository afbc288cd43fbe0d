using Grid.Protocol;

namespace Grid.CommandLine.Demo;

/// <summary>A lease whose node was killed in the middle of it.</summary>
internal sealed record KilledLease(DeploymentId Deployment, LeaseId Lease, ProviderId Provider);
