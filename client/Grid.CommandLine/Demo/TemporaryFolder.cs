namespace Grid.CommandLine.Demo;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("grid-results-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
