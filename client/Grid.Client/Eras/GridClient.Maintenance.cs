using Grid.Client.Http;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.Client;

public sealed partial class GridClient
{
    public Task<ProviderMaintenance> GetMaintenanceAsync(ProviderId provider, CancellationToken cancellation = default) =>
        GetAsync(CallKind.PublicRead, RouteOf(provider), GridJsonContext.Default.ProviderMaintenance, cancellation);

    /// <summary>Tells this operator that the provider will be away. A repeat changes nothing.</summary>
    /// <exception cref="GridException">It comes too late, or is too much.</exception>
    public Task<ProviderMaintenance> AnnounceMaintenanceAsync(Signed<Maintenance> notice, CancellationToken cancellation = default)
    {
        var (route, request) = (RouteOf(notice.Value.Provider), new MaintenanceRequest(notice));
        return _calls.AskAsync(
            CallKind.SignedChange,
            () => JsonRequest.Create(HttpMethod.Post, route, request, GridJsonContext.Default.MaintenanceRequest),
            GridJsonContext.Default.ProviderMaintenance,
            cancellation);
    }

    private static string RouteOf(ProviderId provider) => ApiRoutes.Of(ApiRoutes.ProviderMaintenance, provider.ToString());
}
