using System.Globalization;
using System.Text;

namespace Grid.Tests.Node.Execution;

/// <summary>What the machine, outside of every sandbox, sees.</summary>
internal static class ProcessesOutside
{
    public static IEnumerable<int> All() => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0).Where(pid => pid > 0);

    /// <returns>The processes whose command line holds a text.</returns>
    public static List<int> WithCommand(string text) => [.. All().Where(pid => Read(pid, "cmdline").Contains(text, StringComparison.Ordinal))];

    public static string Status(int pid, string field) =>
        Read(pid, "status").Split('\n').FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal))?[(field.Length + 1)..].Trim() ?? "";

    public static bool IsAlive(int pid) => Status(pid, "State") is { Length: > 0 } state && state[0] != 'Z';

    /// <summary>Waits until there is one.</summary>
    public static async Task<List<int>> AppearAsync(string command)
    {
        using var patience = new CancellationTokenSource(NodeUnderTest.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var found = WithCommand(command); ; found = WithCommand(command))
        {
            if (found.Count > 0) return found;
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    public static async Task GoneAsync(int pid)
    {
        using var patience = new CancellationTokenSource(NodeUnderTest.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (IsAlive(pid)) await pause.WaitForNextTickAsync(patience.Token);
    }

    public static string Read(int pid, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
