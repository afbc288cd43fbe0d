namespace Grid.Node.Leases;

/// <summary>What this machine can do beside what its offer lists.</summary>
/// <param name="RunsImages">OCI images, and not only the machine's own programs.</param>
public sealed record NodeAbilities(bool RunsImages);
