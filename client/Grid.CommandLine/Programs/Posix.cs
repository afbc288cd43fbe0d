using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Grid.CommandLine.Programs;

/// <summary>What .NET has no call for.</summary>
internal static partial class Posix
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>Replaces this process by a program: no second process, so signals and the terminal are its own.</summary>
    /// <returns>Why not.</returns>
    public static string Become(string path, string[] args)
    {
        _ = Execv(path, [path, .. args, null]);
        return new Win32Exception(Marshal.GetLastPInvokeError()).Message;
    }

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    public static void KillNow(int processId) => _ = Kill(processId, SigKill);

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execv(string path, string?[] argv);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
