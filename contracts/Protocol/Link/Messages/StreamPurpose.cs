using System.Text.Json.Serialization;

namespace Grid.Protocol.Link.Messages;

/// <summary>What a stream of the link is for: its first frame says it. An unknown one arrives as a plain <see cref="StreamPurpose"/>: abort it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(LogsPurpose), "logs")]
[JsonDerivedType(typeof(ArtifactPurpose), "artifact")]
[JsonDerivedType(typeof(InputPurpose), "input")]
[JsonDerivedType(typeof(RelayPurpose), "relay")]
public record StreamPurpose;

/// <summary>The operator asks for a workload's output; the node writes it as lines of <see cref="LogBatch"/>.</summary>
/// <param name="FromOffset">0, or the <see cref="LogBatch.NextOffset"/> of the last batch that was read.</param>
/// <param name="Follow">Go on until the workload ends.</param>
public sealed record LogsPurpose(LeaseId Lease, string Service, uint Ordinal, long FromOffset, bool Follow) : StreamPurpose;

/// <summary>The operator asks for an output; the node writes it as a sealed stream for the tenant (<c>SealingContext.Artifact</c>).</summary>
public sealed record ArtifactPurpose(LeaseId Lease, string Service, string Name) : StreamPurpose;

/// <summary>The node asks for an input of an open lease; the operator writes it as a sealed stream for the node (<c>SealingContext.LeaseInput</c>).</summary>
public sealed record InputPurpose(LeaseId Lease, string Service, string Name) : StreamPurpose;

/// <summary>One connection to a port of a service, bytes both ways.</summary>
public sealed record RelayPurpose(LeaseId Lease, string Service, ushort Port, uint Ordinal = 0) : StreamPurpose;
