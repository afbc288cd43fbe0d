using System.Collections.Immutable;
using Grid.Protocol.Manifests.Yaml;

namespace Grid.Protocol.Manifests;

/// <summary>Collects errors and warnings, at most <see cref="ManifestLimits.Findings"/> of each.</summary>
internal sealed class Findings
{
    private readonly List<ManifestDiagnostic> _errors = [];
    private readonly List<ManifestDiagnostic> _warnings = [];

    public bool HasErrors => _errors.Count > 0;

    /// <summary>Further warnings would not be kept, so what makes them costly can be skipped.</summary>
    public bool IsFullOfWarnings => _warnings.Count > ManifestLimits.Findings;

    public void Error(YamlNode at, string key, string message) => Error(at.Line, at.Column, key, message);

    public void Error(int line, int column, string key, string message) => Add(_errors, new(DiagnosticSeverity.Error, line, column, key, message));

    public void Warn(YamlNode at, string key, string message) => Add(_warnings, new(DiagnosticSeverity.Warning, at.Line, at.Column, key, message));

    public void WarnUnknownKey(YamlNode at, string key, string message) =>
        Add(_warnings, new(DiagnosticSeverity.Warning, at.Line, at.Column, key, message) { IsUnknownKey = true });

    public ImmutableArray<ManifestDiagnostic> Errors() => InOrder(_errors);

    public ImmutableArray<ManifestDiagnostic> Warnings() => InOrder(_warnings);

    private static void Add(List<ManifestDiagnostic> list, ManifestDiagnostic finding)
    {
        if (list.Count < ManifestLimits.Findings) list.Add(finding);
        else if (list.Count == ManifestLimits.Findings) list.Add(finding with { Key = "", Message = $"more than {ManifestLimits.Findings} findings; the rest is left out" });
    }

    private static ImmutableArray<ManifestDiagnostic> InOrder(List<ManifestDiagnostic> list) => [.. list.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
}
