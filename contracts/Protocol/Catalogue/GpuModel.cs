namespace Grid.Protocol.Catalogue;

/// <param name="Model">As manifests and offers name it: <c>rtx4090</c>, <c>a100-80g</c>.</param>
/// <param name="Vendor"><c>nvidia</c> or <c>amd</c>.</param>
/// <param name="MultiplierMilli">Of rewards, in thousandths.</param>
/// <param name="GuidePrice">Of one whole GPU; one token counts as one US dollar.</param>
public sealed record GpuModel(string Model, string Name, string Vendor, int VramGib, GpuTier Tier, int MultiplierMilli, RatePerHour GuidePrice);
