using System.Text;
using Grid.CommandLine.Programs;

namespace Grid.CommandLine.LocalGrids;

/// <summary>Processes of a local grid that outlived the ones that were asked to stop: supervisors of workloads are meant to outlive their node.</summary>
internal static class Leftovers
{
    private const int MaxCommandLineBytes = 64 * 1024;

    /// <summary>Ends every process whose command line names the grid's folder, which is its own and nobody else's.</summary>
    public static void Kill(string folder)
    {
        if (!Directory.Exists("/proc/self")) return;
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(entry), out var processId) && processId != Environment.ProcessId && Names(entry, folder))
                Posix.KillNow(processId);
    }

    private static bool Names(string entry, string folder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(entry, "cmdline"));
            var bytes = new byte[MaxCommandLineBytes];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length).Split('\0').Any(word => word == folder || word.Contains(folder + "/", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
            return false;
        }
    }
}
