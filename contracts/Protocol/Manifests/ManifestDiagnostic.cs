using System.Text.Json.Serialization;

namespace Grid.Protocol.Manifests;

/// <param name="Line">1-based; 0 when the finding is about the whole file.</param>
/// <param name="Column">1-based, in characters; 0 when the finding is about the whole file.</param>
/// <param name="Key">The path of the key, as <c>services.web.expose[0].port</c>; empty for the whole file.</param>
/// <param name="Message">What was found, what was expected, what to do. Never contains a secret.</param>
public sealed record ManifestDiagnostic(DiagnosticSeverity Severity, int Line, int Column, string Key, string Message)
{
    /// <summary>A warning about a key that the format does not know: <c>grid deploy</c> stops at it unless told not to.</summary>
    public bool IsUnknownKey { get; init; }

    /// <returns><c>3:7 services.web.expos: unknown key `expos`: did you mean `expose`?</c></returns>
    public override string ToString() => Key.Length == 0 ? $"{Line}:{Column} {Message}" : $"{Line}:{Column} {Key}: {Message}";
}

[JsonConverter(typeof(JsonStringEnumConverter<DiagnosticSeverity>))]
public enum DiagnosticSeverity
{
    Warning = 1,
    Error = 2,
}
