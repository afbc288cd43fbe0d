namespace Grid.Node.Execution.Sandboxes;

/// <summary>The image <c>host</c>: this machine's own system, read-only, and no more of it than programs need to run.</summary>
internal static class HostImage
{
    private static readonly string[] Roots = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    /// <summary>No accounts, keys, host names or services.</summary>
    private static readonly string[] Settings =
    [
        "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/mime.types", "/etc/nsswitch.conf",
        "/etc/protocols", "/etc/services", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ca-certificates", "/etc/python3", "/etc/perl", "/etc/OpenCL", "/etc/vulkan",
    ];

    public static IEnumerable<string> Arguments()
    {
        yield return "--ro-bind";
        yield return "/usr";
        yield return "/usr";
        foreach (var root in Roots)
        {
            var entry = new DirectoryInfo(root);
            if (!entry.Exists) continue;
            string[] words = entry.LinkTarget is { } target ? ["--symlink", target, root] : ["--ro-bind", root, root];
            foreach (var word in words) yield return word;
        }

        foreach (var path in Settings)
        {
            yield return "--ro-bind-try";
            yield return path;
            yield return path;
        }
    }
}
