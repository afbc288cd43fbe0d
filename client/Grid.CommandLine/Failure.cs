using System.Text.Json.Serialization;

namespace Grid.CommandLine;

/// <summary>What a failed command prints with <c>--json</c>.</summary>
internal sealed record Failure(FailureDetail Error, bool Ok = false);

/// <param name="Kind">As <see cref="Client.GridErrorKind"/>, in camel case.</param>
/// <param name="Code">The operator's own code, where it gave one.</param>
internal sealed record FailureDetail(string Kind, string? Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Failure))]
internal sealed partial class FailureJson : JsonSerializerContext;
