using Grid.Client;
using Grid.CommandLine.Deployments;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;

namespace Grid.CommandLine.Demo;

/// <summary>Waits for what workloads do by themselves.</summary>
internal static class Workloads
{
    /// <exception cref="GridException">One failed.</exception>
    public static async Task<DeploymentStatus> WaitForEndAsync(GridClient client, DeploymentId deployment, CancellationToken cancellation)
    {
        DeploymentStatus? last = null;
        await foreach (var status in client.WatchAsync(deployment, cancellation))
        {
            last = status;
            var workloads = Placement.CurrentLeases(status).SelectMany(lease => lease.Workloads).ToArray();
            if (workloads.FirstOrDefault(workload => workload.Phase == WorkloadPhase.Failed || workload is { Phase: WorkloadPhase.Exited, ExitCode: not 0 }) is { } failed)
                throw new GridException(GridErrorKind.BadAnswer, $"'{failed.Service}' failed with exit code {failed.ExitCode}: {failed.Message}");
            if (workloads.Length > 0 && workloads.All(workload => workload.Phase == WorkloadPhase.Exited)) break;
        }
        return last!;
    }

    /// <summary>Until every lease has been billed for some seconds, so that there is a bill to show.</summary>
    public static async Task<DeploymentStatus> WaitForSecondsAsync(GridClient client, DeploymentId deployment, long seconds, CancellationToken cancellation)
    {
        await foreach (var status in client.WatchAsync(deployment, cancellation))
            if (Placement.CurrentLeases(status).All(lease => lease.Seconds >= seconds))
                return status;
        throw new GridException(GridErrorKind.BadAnswer, $"deployment {deployment} was closed before it was billed for {seconds} s.");
    }
}
