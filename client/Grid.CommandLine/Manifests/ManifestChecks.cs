using System.Text.Json.Serialization;
using Grid.Protocol.Manifests;

namespace Grid.CommandLine.Manifests;

/// <summary>The answer of <c>grid manifest check --json</c>.</summary>
internal sealed record ManifestChecks(IReadOnlyList<CheckedFile> Files, int Ok, int Failed)
{
    public static ManifestChecks Of(IReadOnlyCollection<TimedCheck> checks) =>
        new([.. checks.Select(CheckedFile.Of)], checks.Count(static check => check.IsOk), checks.Count(static check => !check.IsOk));
}

/// <param name="ReadMs">From opening the file to its verdict.</param>
/// <param name="CpuMs">What the whole process computed meanwhile; files that are read together count each other's.</param>
internal sealed record CheckedFile(
    string Path, bool Ok, IReadOnlyList<CheckFinding> Errors, IReadOnlyList<CheckFinding> Warnings, double ReadMs, double CpuMs)
{
    public static CheckedFile Of(TimedCheck timed) => new(
        timed.Check.Path,
        timed.IsOk,
        [.. timed.Check.Reading.Errors.Select(CheckFinding.Of)],
        [.. timed.Check.Reading.Warnings.Select(CheckFinding.Of)],
        Math.Round(timed.Elapsed.TotalMilliseconds, 2),
        Math.Round(timed.Cpu.TotalMilliseconds, 2));
}

internal sealed record TimedCheck(ManifestCheck Check, TimeSpan Elapsed, TimeSpan Cpu)
{
    public bool IsOk => Check.IsOk;
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
