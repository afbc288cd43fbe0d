using System.Text.Json.Serialization;
using Grid.Client;
using Grid.Protocol.Api;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.CommandLine.Eras;

/// <summary>The answer of <c>grid era ls --json</c>.</summary>
internal sealed record EraListAnswer(EraOverview Overview, IReadOnlyList<EraStatus> Eras);

/// <summary>The answer of <c>grid era verify --json</c>.</summary>
/// <param name="IsSound">Every check that could be made holds.</param>
/// <param name="Leaf">Of the provider that was asked for; null where the era has none, or none was asked for.</param>
/// <param name="Proof">Of that leaf.</param>
internal sealed record EraVerifyAnswer(ulong Era, bool IsSound, EraRoot? Root, IReadOnlyList<EraCheck> Checks, EraLeaf? Leaf, EraLeafProof? Proof);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EraListAnswer))]
[JsonSerializable(typeof(EraVerifyAnswer))]
internal sealed partial class EraJson : JsonSerializerContext;
