namespace Grid.Node.Leases;

/// <summary>A reading of the boot-time clock. Those of two boots can't be compared.</summary>
public sealed record BootMoment(string BootId, long Ms);
