using System.Collections.Immutable;

namespace Grid.Node.Execution.Sandboxes;

/// <summary>Absolute paths of the programs that build a sandbox; empty where one is missing.</summary>
internal sealed record Tools(string Bubblewrap, string SetPriv, string NsEnter, string Unshare, string Shell)
{
    private static readonly string[] Directories = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    public static Tools Find() => new(Find("bwrap"), Find("setpriv"), Find("nsenter"), Find("unshare"), Find("sh"));

    public static string Find(string name) => Directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists, "");

    public ImmutableArray<string> Missing()
    {
        (string Path, string Name, string Package)[] needed =
        [
            (Bubblewrap, "bwrap", "bubblewrap"), (SetPriv, "setpriv", "util-linux"), (NsEnter, "nsenter", "util-linux"), (Unshare, "unshare", "util-linux"), (Shell, "sh", "dash"),
        ];
        return [.. needed.Where(tool => tool.Path.Length == 0).Select(tool => $"'{tool.Name}' is missing: install the package {tool.Package} (Debian, Ubuntu: apt-get install {tool.Package})")];
    }
}
