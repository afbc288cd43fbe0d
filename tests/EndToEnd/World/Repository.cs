namespace Grid.Tests.EndToEnd.World;

internal static class Repository
{
    public static string Root { get; } = Find();

    public static string CommandLine => Path.Combine(Root, "client", "Grid.CommandLine", "bin", "Local", "Release", "net10.0", "grid-cli");

    public static string Sample(string name) => Path.Combine(Root, "samples", name, "deploy.yaml");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DecentralizedCompute.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
