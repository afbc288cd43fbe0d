namespace Grid.CommandLine.Testing;

/// <summary>A test project of the repository and the executable that it builds to.</summary>
internal sealed record TestSuite(string Name, string Executable)
{
    private const string SolutionFile = "DecentralizedCompute.sln";

    /// <returns>The folder of the repository that holds <paramref name="start"/>; null outside of one.</returns>
    public static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
                return folder.FullName;
        return null;
    }

    /// <summary>Every suite under <c>tests/</c> by name; the end-to-end ones, which take longest, last.</summary>
    public static IReadOnlyList<TestSuite> FindAll(string root) =>
        [.. Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.csproj", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Select(project => Of(Path.GetDirectoryName(project)!, Path.GetFileNameWithoutExtension(project)))
            .OrderBy(suite => suite.Name == "EndToEnd")
            .ThenBy(suite => suite.Name, StringComparer.Ordinal)];

    private static TestSuite Of(string folder, string name) => new(name, Path.Combine(folder, "bin", "Local", "Release", "net10.0", name));
}
