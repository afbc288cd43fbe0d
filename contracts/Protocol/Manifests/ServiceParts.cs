namespace Grid.Protocol.Manifests;

/// <summary>An environment variable. Its value is a secret: it is never printed.</summary>
public sealed record ManifestEnv(string Name, string Value)
{
    public override string ToString() => $"{Name}=(secret)";
}

/// <summary>How to log in at an image registry. The password is a secret: it is never printed.</summary>
/// <param name="Host">The registry's host name; empty means the one that the image names.</param>
public sealed record RegistryCredentials(string Host, string Username, string Password, string? Email)
{
    public override string ToString() => $"{Username} at {Host}";
}

/// <summary>A volume of the service's compute profile at a path inside the workload.</summary>
/// <param name="Mount">An absolute path.</param>
public sealed record StorageMount(string Volume, string Mount, bool ReadOnly);

/// <summary>A file that is put into the workload before it starts, or fetched after it ends.</summary>
public sealed record ManifestArtifact(string Name, string Path);
