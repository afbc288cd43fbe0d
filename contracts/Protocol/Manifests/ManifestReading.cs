using System.Collections.Immutable;

namespace Grid.Protocol.Manifests;

/// <summary>What came of reading a file: a manifest, or the errors that prevent one; warnings either way.</summary>
public sealed record ManifestReading(Manifest? Manifest, ImmutableArray<ManifestDiagnostic> Errors, ImmutableArray<ManifestDiagnostic> Warnings)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Manifest))]
    public bool IsOk => Manifest is not null;

    public IEnumerable<ManifestDiagnostic> UnknownKeys => Warnings.Where(warning => warning.IsUnknownKey);
}
