namespace Grid.Node.Execution.Sandboxes;

/// <summary>Paths as the workload sees them.</summary>
public static class SandboxPath
{
    public const string WorkDirectory = "/work";

    private static readonly string[] SystemRoots = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/proc", "/sys", "/dev", "/tmp", "/run/grid"];

    public static bool IsName(string name) =>
        name.Length is > 0 and <= Limits.MaxNameChars && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public static string Absolute(string path) => (path.StartsWith('/') ? path : $"{WorkDirectory}/{path}").TrimEnd('/');

    /// <returns>Why nothing may be mounted at or read from there; null where it may.</returns>
    public static string? ProblemOf(string path)
    {
        if (path.Length is 0 or > Limits.MaxPathChars) return $"expected 1 to {Limits.MaxPathChars} characters";
        if (path.Any(char.IsControl)) return "holds a control character";
        var absolute = Absolute(path);
        if (absolute.Length == 0) return "the root itself can't be mounted; name a directory below it";
        if (absolute[1..].Split('/').Any(part => part is "" or "." or "..")) return "expected no empty part, '.' or '..'";
        var root = SystemRoots.FirstOrDefault(root => IsBelowOrAt(absolute, root));
        return root is null || IsBelowOrAt(absolute, "/dev/shm") ? null : $"lies in {root}, which belongs to the system; choose a path below {WorkDirectory} or a directory of your own";
    }

    public static bool IsBelow(string path, string directory) => path.StartsWith(directory, StringComparison.Ordinal) && path.Length > directory.Length && path[directory.Length] == '/';

    public static bool IsBelowOrAt(string path, string directory) => path == directory || IsBelow(path, directory);

    public static string Parent(string absolute) => absolute.LastIndexOf('/') is var end and > 0 ? absolute[..end] : "/";
}
