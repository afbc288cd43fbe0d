using Grid.Leases;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using ApiPhase = Grid.Protocol.Api.LeasePhase;

namespace Grid.Views;

/// <summary>A lease in the words of the API.</summary>
public static class LeaseStatuses
{
    /// <param name="isHeard">Whether its node has a session; where nobody can know, true.</param>
    /// <param name="ports">Where its exposed ports answer.</param>
    /// <returns>Null where nothing is stored of it.</returns>
    public static LeaseStatus? Of(LeaseView view, bool isHeard, IReadOnlyList<ExposedPort> ports) => view.Terms is not { } terms || view.Phase == Leases.LeasePhase.None
        ? null
        : new LeaseStatus(
            view.Lease,
            terms.Order,
            terms.Provider,
            PhaseOf(view, isHeard),
            terms.Rate,
            (uint)terms.FeePpm,
            view.BilledSeconds,
            view.Charged,
            view.PaidThroughSeconds,
            view.Reason == CloseReason.None ? null : view.Reason,
            [.. view.Services.Select(service => WorkloadOf(service, view.BilledSeconds))],
            ports,
            view.OpenedAt?.ToUnixTimeMilliseconds(),
            view.ClosedAt?.ToUnixTimeMilliseconds());

    private static ApiPhase PhaseOf(LeaseView view, bool isHeard) => view.Phase switch
    {
        Leases.LeasePhase.Held => ApiPhase.Held,
        Leases.LeasePhase.Closing => ApiPhase.Closing,
        Leases.LeasePhase.Closed => ApiPhase.Closed,
        _ => isHeard ? ApiPhase.Active : ApiPhase.Unknown,
    };

    private static WorkloadStatus WorkloadOf(ServiceReport report, long seconds) => new(
        report.Service,
        (uint)report.Replica,
        (uint)report.Attempt,
        PhaseOf(report),
        report.ExitCode,
        report.WasOutOfMemory,
        seconds,
        [.. report.Outputs.Select(static output => new WorkloadOutput(output.Name, output.Sha256, output.SizeBytes))],
        report.Message);

    private static WorkloadPhase PhaseOf(ServiceReport report) => report.Phase switch
    {
        ServicePhase.Pending => WorkloadPhase.Starting,
        ServicePhase.Running => WorkloadPhase.Running,
        ServicePhase.Succeeded => WorkloadPhase.Exited,
        _ => report.ExitCode is null ? WorkloadPhase.Failed : WorkloadPhase.Exited,
    };
}
