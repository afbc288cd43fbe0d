using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Api;

/// <summary><c>POST /v1/providers/{id}/maintenance</c>: a provider announces that it will be away.</summary>
public sealed record MaintenanceRequest(Signed<Maintenance> Notice);

/// <summary><c>GET /v1/providers/{id}/maintenance</c>: what this operator has taken, as it was signed; also of the last 30 eras.</summary>
/// <param name="Announced">Ascending by time.</param>
public sealed record ProviderMaintenance(IReadOnlyList<AnnouncedMaintenance> Announced);
