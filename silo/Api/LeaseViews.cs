using Grid.Leases;
using Grid.Protocol.Api;
using Grid.Silo.Hosting;
using Grid.Silo.Links;
using Grid.Silo.Relays;
using Grid.Views;

namespace Grid.Silo.Api;

/// <summary>Leases as the API shows them, with what only the silo that holds sessions and relays knows.</summary>
internal sealed class LeaseViews(LeaseRelays relays, NodeSessions sessions, SiloOptions options)
{
    /// <returns>Null where nothing is stored of it.</returns>
    public LeaseStatus? Of(LeaseView view)
    {
        var isHeard = view.Terms is { } terms && sessions.TryFind(terms.Provider, out _);
        return LeaseStatuses.Of(view, isHeard, [.. relays.Of(view.Lease).Select(PortOf)]);
    }

    private ExposedPort PortOf(RelayListener listener)
    {
        var port = listener.Port;
        var url = $"{(port.IsHttp ? "http" : "tcp")}://{options.PublicHost}:{listener.ExternalPort}/";
        return new ExposedPort(port.Service, port.Port, url, options.PublicHost, listener.ExternalPort);
    }
}
