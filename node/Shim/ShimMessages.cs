using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grid.Node.Execution;
using Grid.Node.Execution.Sandboxes;
using Grid.Protocol;

namespace Grid.Node.Shim;

/// <summary>What a node asks of its supervisor, one answer each. Fields are only ever added: a node may be newer or older than its supervisor.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(AskHello), "hello")]
[JsonDerivedType(typeof(AskStart), "start")]
[JsonDerivedType(typeof(AskStop), "stop")]
[JsonDerivedType(typeof(AskExtend), "extend")]
[JsonDerivedType(typeof(AskList), "list")]
[JsonDerivedType(typeof(AskWatch), "watch")]
[JsonDerivedType(typeof(AskRelay), "relay")]
[JsonDerivedType(typeof(AskForget), "forget")]
[JsonDerivedType(typeof(AskShutdown), "shutdown")]
internal abstract record ShimRequest;

internal sealed record AskHello : ShimRequest;

/// <summary>Idempotent by key and attempt.</summary>
internal sealed record AskStart(WorkloadSpec Spec) : ShimRequest;

internal sealed record AskStop(LeaseId Lease, int? GraceMs) : ShimRequest;

internal sealed record AskExtend(LeaseId Lease, long StopAtBootMs) : ShimRequest;

internal sealed record AskList : ShimRequest;

/// <summary>Every status, and then each change, until the node hangs up.</summary>
internal sealed record AskWatch : ShimRequest;

internal sealed record AskRelay(WorkloadKey Key, int Port) : ShimRequest;

/// <summary>Drops what has exited of a lease, and whatever the kernel still holds for it.</summary>
internal sealed record AskForget(LeaseId Lease) : ShimRequest;

/// <summary>Stops everything and ends.</summary>
internal sealed record AskShutdown : ShimRequest;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(AnswerHello), "hello")]
[JsonDerivedType(typeof(AnswerStatuses), "statuses")]
[JsonDerivedType(typeof(AnswerSocket), "socket")]
[JsonDerivedType(typeof(AnswerRefused), "refused")]
internal abstract record ShimAnswer;

internal sealed record AnswerHello(int Version, int ProcessId, IsolationReport Isolation) : ShimAnswer;

internal sealed record AnswerStatuses(ImmutableArray<WorkloadStatus> Statuses) : ShimAnswer;

internal sealed record AnswerSocket(string Path) : ShimAnswer;

internal sealed record AnswerRefused(string Problem) : ShimAnswer;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ShimRequest))]
[JsonSerializable(typeof(ShimAnswer))]
internal sealed partial class ShimJson : JsonSerializerContext;
