using Grid.Protocol.Manifests;

namespace Grid.Protocol.Offers;

/// <summary>One GPU of an offer.</summary>
/// <param name="Uuid">As the driver says it.</param>
/// <param name="Model">The catalogue's model name in lower case.</param>
/// <param name="Vendor"><c>nvidia</c> or <c>amd</c>.</param>
/// <param name="Interface">Null where the driver does not say.</param>
/// <param name="MaxShareMillis">1000: leased only whole. Less: it may be shared, and no lease gets more than this part of it unless it takes it whole.</param>
/// <param name="IsPretended">True only in simulations, benchmarks and <c>grid up --pretend-gpu</c>; any other silo refuses it.</param>
public sealed record OfferedDevice(string Uuid, string Model, string Vendor, long VramMib, GpuInterface? Interface, int MaxShareMillis, bool IsPretended)
{
    public const int WholeMillis = 1000;

    public bool IsShareable => MaxShareMillis < WholeMillis;
}
