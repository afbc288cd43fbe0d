using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Protocol.Sealing;

namespace Grid.Protocol.Manifests;

public sealed record ManifestService
{
    /// <summary>The <see cref="Image"/> that means the node's own system, read-only, where its owner allows it.</summary>
    public const string HostImage = "host";

    public required string Name { get; init; }

    /// <summary>An OCI reference, or <see cref="HostImage"/>.</summary>
    public required string Image { get; init; }

    public ImmutableArray<string> Command { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<string> Args { get; init => field = Lists.Given(value); } = [];

    /// <summary>Names are unique.</summary>
    public ImmutableArray<ManifestEnv> Env { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ManifestExpose> Expose { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<StorageMount> StorageMounts { get; init => field = Lists.Given(value); } = [];

    public PullPolicy PullPolicy { get; init; }

    public RegistryCredentials? Credentials { get; init; }

    public ImmutableArray<string> DependsOn { get; init => field = Lists.Given(value); } = [];

    /// <summary>SDL <c>params.permissions.read</c>: what of its own deployment the service may read.</summary>
    public ImmutableArray<string> ReadPermissions { get; init => field = Lists.Given(value); } = [];

    public ServiceKind Kind { get; init; }

    public int Retries { get; init; }

    public OnPartition OnPartition { get; init; }

    /// <summary>How far ahead of now the workload may run without its operator; null leaves it to the operator's default.</summary>
    public long? RunAheadSeconds { get; init; }

    public ImmutableArray<ManifestArtifact> Inputs { get; init => field = Lists.Given(value); } = [];

    public ImmutableArray<ManifestArtifact> Outputs { get; init => field = Lists.Given(value); } = [];

    [JsonIgnore]
    public bool UsesHostImage => Image == HostImage;

    [JsonIgnore]
    public IEnumerable<SecretRef> Secrets
    {
        get
        {
            foreach (var variable in Env) yield return EnvSecret(variable);
            if (Credentials is not null) yield return CredentialSecret();
        }
    }

    internal string? FindSecret(SecretRef secret) => secret.Kind == SecretKind.RegistryCredential
        ? Credentials?.Password
        : Env.FirstOrDefault(variable => variable.Name == secret.Name)?.Value;

    internal ManifestService WithSecrets(Func<SecretRef, string> valueOf) => this with
    {
        Env = [.. Env.Select(variable => variable with { Value = valueOf(EnvSecret(variable)) })],
        Credentials = Credentials is null ? null : Credentials with { Password = valueOf(CredentialSecret()) },
    };

    internal SecretRef EnvSecret(ManifestEnv variable) => new(Name, SecretKind.Env, variable.Name);

    internal SecretRef CredentialSecret() => new(Name, SecretKind.RegistryCredential, "password");
}

[JsonConverter(typeof(JsonStringEnumConverter<PullPolicy>))]
public enum PullPolicy
{
    /// <summary>The file does not say: the node pulls what it does not have.</summary>
    Unspecified = 0,
    Always,
    IfNotPresent,
    Never,
}

[JsonConverter(typeof(JsonStringEnumConverter<ServiceKind>))]
public enum ServiceKind
{
    /// <summary>Runs until it is closed.</summary>
    Service = 0,

    /// <summary>Runs to its exit code.</summary>
    Batch,
}

/// <summary>What a workload does when nobody can reach it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnPartition>))]
public enum OnPartition
{
    /// <summary>At least one copy: a replacement starts at once, the old copy runs on until it is heard of again.</summary>
    Keep = 0,

    /// <summary>At most one copy: the node stops the workload before another may start.</summary>
    Stop,
}
