using System.Security.Cryptography;
using Grid.Client;

namespace Grid.CommandLine.LocalGrids;

/// <summary>Where a local grid keeps everything: keys, stores, logs, and what its nodes run. Short, since sockets lie in it.</summary>
internal sealed class LocalGridFolder(string root)
{
    private const string Lasting = "/var/tmp";
    private const int RandomNameBytes = 8;

    public string Root => root;

    public string PassphraseFile => Path.Combine(root, "passphrase");

    /// <summary>Where the operators find each other, once they serve.</summary>
    public string PeersFile => Path.Combine(root, "peers");

    public string OperatorKeystore(string silo) => Path.Combine(root, $"{silo}.json");

    /// <summary>Of who made the contracts and has the tokens.</summary>
    public string TreasurerKeystore => Path.Combine(root, "treasurer.json");

    public string TenantKeystore => Path.Combine(root, "tenant.json");

    /// <summary>The chain's own state, and the queues of what was sent to it from here.</summary>
    public string Chain => Path.Combine(root, "chain");

    /// <summary>Where the contracts are; also for people and other programs.</summary>
    public string ChainFile => Path.Combine(root, "chain.json");

    public string Logs => Path.Combine(root, "logs");

    public string DataOf(string program) => Path.Combine(root, program);

    public string NodeKeystore(string node) => Path.Combine(root, $"{node}.json");

    public string LogOf(string program) => Path.Combine(Logs, $"{program}.log");

    /// <summary>Of a grid that is kept, once all of it is there.</summary>
    public static string KeptFileIn(string root) => Path.Combine(root, "grid.json");

    /// <summary>A new or empty one, which is removed at the grid's end.</summary>
    public static LocalGridFolder Create(string? path)
    {
        var root = path is null ? Directory.CreateTempSubdirectory("grid-").FullName : Path.GetFullPath(path);
        if (path is not null && Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new GridException(GridErrorKind.InvalidInput, $"'{root}' is not empty, and no local grid is kept in it. Name a new or empty folder, or none.");
        return Open(root);
    }

    /// <returns>
    /// A place for a grid that is kept: it outlives the machine's restart, and workloads under users of their own can pass through what is
    /// above it.
    /// </returns>
    public static string NewKeptRoot() =>
        Path.Combine(
            Directory.Exists(Lasting) ? Lasting : Path.GetTempPath(),
            $"grid-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomNameBytes))}");

    /// <summary>One in which a grid is kept.</summary>
    public static LocalGridFolder Open(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "logs"));
        // Workloads run under users of their own and must be able to pass through, not to look around.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        return new LocalGridFolder(root);
    }

    /// <returns>Why something is left; null when nothing is.</returns>
    public string? Remove()
    {
        try
        {
            if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
