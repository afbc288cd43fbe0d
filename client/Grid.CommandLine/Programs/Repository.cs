namespace Grid.CommandLine.Programs;

/// <summary>The clone of the project that this program was built in.</summary>
internal static class Repository
{
    private const string SolutionFile = "DecentralizedCompute.sln";

    /// <summary>Null where the program was installed without it.</summary>
    public static string? Root { get; } = FindRoot();

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
                return folder.FullName;
        return null;
    }
}
