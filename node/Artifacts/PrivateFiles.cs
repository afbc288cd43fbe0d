namespace Grid.Node.Artifacts;

/// <summary>Files and directories of the node's own user alone.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Also closes one that was open to others.</summary>
    public static void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path, DirectoryMode);
        File.SetUnixFileMode(path, DirectoryMode);
    }

    /// <summary>An empty file where there is none: what a database writes beside it gets its mode.</summary>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = FileMode };
        File.Open(path, options).Dispose();
        File.SetUnixFileMode(path, FileMode);
    }
}
