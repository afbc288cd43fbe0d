namespace Grid.Node.Shim;

/// <summary>A supervisor's files in the data directory of its node.</summary>
internal sealed record ShimPaths(string DataDirectory)
{
    public string Directory => Path.Combine(DataDirectory, "shim");

    public string Socket => Path.Combine(Directory, "shim.sock");

    public string Lock => Path.Combine(Directory, "shim.lock");

    public string Log => Path.Combine(Directory, "shim.log");
}
