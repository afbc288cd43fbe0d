using System.Globalization;
using System.Runtime.InteropServices;
using Grid.Node.Execution.Posix;

namespace Grid.Node.Shim;

/// <summary>A child that nobody else waits for: until <see cref="TryReap"/> has told its end, its id is its own.</summary>
internal sealed class ChildProcess(int pid)
{
    private readonly Lock _gate = new();
    private int? _exitCode;

    public int Pid => pid;

    public bool HasEnded => TryReap() is not null;

    /// <returns>The exit code as a shell gives it, or null while it runs.</returns>
    public int? TryReap()
    {
        lock (_gate)
        {
            if (_exitCode is not null) return _exitCode;
            var found = Libc.WaitPid(pid, out var status, Libc.WaitNoHang);
            if (found == pid) _exitCode = (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
            else if (found < 0 && Marshal.GetLastPInvokeError() == Errno.NoChild) _exitCode = 128 + Libc.SignalKill;
            return _exitCode;
        }
    }

    public void Kill()
    {
        lock (_gate)
        {
            if (_exitCode is null) _ = Libc.Kill(pid, Libc.SignalKill);
        }
    }

    /// <summary>Kills it and what shares its session's process group.</summary>
    public void SignalGroup(int signal)
    {
        lock (_gate)
        {
            if (_exitCode is null) _ = Libc.Kill(-pid, signal);
        }
    }

    public int KillAndReap()
    {
        Kill();
        while (TryReap() is null) Wait.Milliseconds(1);
        return _exitCode!.Value;
    }

    /// <summary>Of a process that may be anybody's child; one that only waits to be reaped has ended.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <returns>Everything below a process; a pid namespace keeps its orphans below its first process.</returns>
    public static List<int> DescendantsOf(int ancestor)
    {
        var found = new List<int>();
        var pending = new Stack<int>([ancestor]);
        while (pending.TryPop(out var next) && found.Count < Limits.MaxProcessesLookedAt)
        {
            foreach (var child in ChildrenOf(next))
            {
                found.Add(child);
                pending.Push(child);
            }
        }

        return found;
    }

    /// <returns>The children of a process, which may be gone already.</returns>
    public static IEnumerable<int> ChildrenOf(int parent)
    {
        try
        {
            // A child belongs to the thread that made it.
            return
            [
                .. Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{parent}/task"))
                    .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(word => int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture)),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
