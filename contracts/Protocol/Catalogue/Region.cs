namespace Grid.Protocol.Catalogue;

/// <param name="Name">As manifests and offers name it: <c>us-east</c>, <c>germany</c>.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-3.</param>
/// <param name="LatitudeCentidegrees">Of the centroid; north is positive.</param>
/// <param name="LongitudeCentidegrees">Of the centroid; east is positive.</param>
public sealed record Region(string Name, string DisplayName, string CountryCode, int LatitudeCentidegrees, int LongitudeCentidegrees);
