using System.Text.Json.Serialization;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.CommandLine.Deployments;

internal sealed record LogsAnswer(DeploymentId Deployment, string Text);

internal sealed record FetchAnswer(DeploymentId Deployment, IReadOnlyList<FetchedFile> Files);

internal sealed record FetchedFile(LeaseId Lease, string Service, string Name, string Path, Hash256 Sha256, long Bytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(LogsAnswer))]
[JsonSerializable(typeof(FetchAnswer))]
internal sealed partial class DeploymentsJson : JsonSerializerContext;
