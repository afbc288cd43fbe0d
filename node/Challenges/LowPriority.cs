using System.Runtime.InteropServices;

namespace Grid.Node.Challenges;

/// <summary>Lets everything else on the machine go first.</summary>
internal static partial class LowPriority
{
    private const int OfProcess = 0;
    private const int ThisThread = 0;
    private const int Nicest = 19;

    /// <summary>Of the calling thread alone: on Linux a nice value belongs to a thread. Where it can't be had the work just runs.</summary>
    public static void TakeByThisThread()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(OfProcess, ThisThread, Nicest);
    }

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int value);
}
