using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Signing;
using Grid.Silo.Hosting;
using Grid.Silo.Links;
using Grid.Silo.Relays;

namespace Grid.Silo.Api;

/// <summary>Leases as the API shows them.</summary>
internal sealed class LeaseViews(LeaseRelays relays, NodeSessions sessions, SiloOptions options)
{
    /// <returns>Null where nothing is stored of it.</returns>
    public LeaseStatus? Of(LeaseView view) => view.Terms is not { } terms || view.Phase == Leases.LeasePhase.None
        ? null
        : new LeaseStatus(
            view.Lease,
            terms.Order,
            terms.Provider,
            PhaseOf(view, terms.Provider),
            terms.Rate,
            (uint)terms.FeePpm,
            view.BilledSeconds,
            view.Charged,
            view.PaidThroughSeconds,
            view.Reason == CloseReason.None ? null : view.Reason,
            [.. view.Services.Select(service => WorkloadOf(service, view.BilledSeconds))],
            [.. relays.Of(view.Lease).Select(PortOf)],
            view.OpenedAt?.ToUnixTimeMilliseconds(),
            view.ClosedAt?.ToUnixTimeMilliseconds());

    private Protocol.Api.LeasePhase PhaseOf(LeaseView view, ProviderId provider) => view.Phase switch
    {
        Leases.LeasePhase.Held => Protocol.Api.LeasePhase.Held,
        Leases.LeasePhase.Closing => Protocol.Api.LeasePhase.Closing,
        Leases.LeasePhase.Closed => Protocol.Api.LeasePhase.Closed,
        _ => sessions.TryFind(provider, out _) ? Protocol.Api.LeasePhase.Active : Protocol.Api.LeasePhase.Unknown,
    };

    private ExposedPort PortOf(RelayListener listener)
    {
        var port = listener.Port;
        var url = $"{(port.IsHttp ? "http" : "tcp")}://{options.PublicHost}:{listener.ExternalPort}/";
        return new ExposedPort(port.Service, port.Port, url, options.PublicHost, listener.ExternalPort);
    }

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
