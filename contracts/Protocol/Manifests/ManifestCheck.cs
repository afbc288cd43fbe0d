namespace Grid.Protocol.Manifests;

/// <summary>One file's line of <c>grid manifest check</c>.</summary>
public sealed record ManifestCheck(string Path, ManifestReading Reading)
{
    public bool IsOk => Reading.IsOk;

    public static ManifestCheck Of(string path, Stream stream) => new(path, ManifestReader.Read(stream));

    /// <summary>What a person reads: <c>PATH: ok</c> or <c>PATH: failed</c>, then every finding as <c>PATH:LINE:COLUMN: error: KEY: MESSAGE</c>.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Path}: {(IsOk ? "ok" : "failed")}";
        foreach (var error in Reading.Errors) yield return Line(error, "error");
        foreach (var warning in Reading.Warnings) yield return Line(warning, "warning");
    }

    private string Line(ManifestDiagnostic finding, string severity) =>
        $"{Path}:{finding.Line}:{finding.Column}: {severity}: {(finding.Key.Length == 0 ? "" : finding.Key + ": ")}{finding.Message}";
}
