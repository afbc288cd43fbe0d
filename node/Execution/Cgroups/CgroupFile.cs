using System.Globalization;
using Grid.Node.Execution.Posix;

namespace Grid.Node.Execution.Cgroups;

/// <summary>Reads and writes the kernel's one-value files.</summary>
internal static class CgroupFile
{
    public static void Write(string directory, string file, string value)
    {
        using var stream = new FileStream(Path.Combine(directory, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
    }

    public static void Write(string directory, string file, long value) => Write(directory, file, value.ToString(CultureInfo.InvariantCulture));

    public static void WriteIfPresent(string directory, string file, long value)
    {
        if (File.Exists(Path.Combine(directory, file))) Write(directory, file, value);
    }

    /// <returns>The number after <paramref name="name"/> in a file of <c>name value</c> lines; 0 where there is none.</returns>
    public static long Counter(string directory, string file, string name)
    {
        var path = Path.Combine(directory, file);
        if (!File.Exists(path)) return 0;
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ');
            if (words.Length == 2 && words[0] == name) return long.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return 0;
    }

    /// <summary>Kills every process of the group until it is empty, then removes it. Bounded: a process that can't die stays, and its group with it.</summary>
    public static void KillAndRemove(string directory)
    {
        for (var round = 0; round < Limits.MaxCgroupKillRounds && Directory.Exists(directory); round++)
        {
            if (TryRemove(directory)) return;
            foreach (var pid in Processes(directory)) _ = Libc.Kill(pid, Libc.SignalKill);
            Wait.Milliseconds(2 + round);
        }
    }

    public static IEnumerable<int> Processes(string directory)
    {
        var file = Path.Combine(directory, "cgroup.procs");
        return File.Exists(file) ? File.ReadAllLines(file).Select(line => int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture)) : [];
    }

    public static bool TryRemove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
