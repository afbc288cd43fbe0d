using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Node.Execution.Sandboxes;

namespace Grid.Node.Execution.Leases;

/// <summary>What has to be known of a lease after a restart. Nothing secret: the disk never sees an environment.</summary>
public sealed record LeaseRecord(int Attempt, uint? Uid, ImmutableArray<ServiceRecord> Services);

public sealed record ServiceRecord(string Service, int Replica, ImmutableArray<SandboxMount> Mounts, ImmutableArray<NamedPath> Outputs, ImmutableArray<int> Ports);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LeaseRecord))]
[JsonSerializable(typeof(WorkloadStatus))]
internal sealed partial class ExecutionJson : JsonSerializerContext;
