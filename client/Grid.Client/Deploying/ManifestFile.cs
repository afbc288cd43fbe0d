using Grid.Protocol.Manifests;

namespace Grid.Client;

/// <summary>A deploy.yaml that was read without errors, and the folder that its input files lie in.</summary>
public sealed record ManifestFile(string Path, Manifest Manifest, ManifestReading Reading)
{
    /// <param name="allowUnknown">Go on although the file has keys that the format does not know.</param>
    /// <exception cref="GridException">The file is missing, has errors, or has unknown keys.</exception>
    public static ManifestFile Read(string path, bool allowUnknown = false)
    {
        var reading = Parse(path);
        if (!reading.IsOk) throw Invalid(path, "it has errors", reading.Errors);
        if (!allowUnknown && reading.UnknownKeys.Any()) throw Invalid(path, "it has keys that nobody would act on (deploy anyway with --allow-unknown)", reading.UnknownKeys);
        return new ManifestFile(System.IO.Path.GetFullPath(path), reading.Manifest, reading);
    }

    /// <summary>The file of an input: the one of that name next to the manifest.</summary>
    public string InputPath(ManifestArtifact input) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, input.Name);

    private static ManifestReading Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return ManifestReader.Read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GridException(GridErrorKind.InvalidInput, $"The manifest '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static GridException Invalid(string path, string why, IEnumerable<ManifestDiagnostic> findings) =>
        new(GridErrorKind.InvalidInput, $"'{path}' is not deployed: {why}.\n" + string.Join('\n', findings.Select(finding => $"  {path}:{finding}")));
}
