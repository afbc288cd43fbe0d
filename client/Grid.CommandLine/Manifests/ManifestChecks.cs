using System.Text.Json.Serialization;
using Grid.Protocol.Manifests;

namespace Grid.CommandLine.Manifests;

/// <summary>The answer of <c>grid manifest check --json</c>.</summary>
internal sealed record ManifestChecks(IReadOnlyList<CheckedFile> Files, int Ok, int Failed)
{
    public static ManifestChecks Of(IReadOnlyCollection<ManifestCheck> checks) =>
        new([.. checks.Select(CheckedFile.Of)], checks.Count(check => check.IsOk), checks.Count(check => !check.IsOk));
}

internal sealed record CheckedFile(string Path, bool Ok, IReadOnlyList<CheckFinding> Errors, IReadOnlyList<CheckFinding> Warnings)
{
    public static CheckedFile Of(ManifestCheck check) =>
        new(check.Path, check.IsOk, [.. check.Reading.Errors.Select(CheckFinding.Of)], [.. check.Reading.Warnings.Select(CheckFinding.Of)]);
}

/// <param name="Line">1-based; 0 for the whole file.</param>
/// <param name="Column">1-based; 0 for the whole file.</param>
internal sealed record CheckFinding(int Line, int Column, string Key, string Message)
{
    public static CheckFinding Of(ManifestDiagnostic finding) => new(finding.Line, finding.Column, finding.Key, finding.Message);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ManifestChecks))]
internal sealed partial class ManifestChecksJson : JsonSerializerContext;
