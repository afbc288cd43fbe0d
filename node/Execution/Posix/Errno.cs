using System.Runtime.InteropServices;

namespace Grid.Node.Execution.Posix;

internal static class Errno
{
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoChild = 10;
    public const int Exists = 17;
    public const int NotADirectory = 20;
    public const int TooManyLinks = 40;

    /// <summary>Throws what the last call's errno says, where <paramref name="result"/> is negative.</summary>
    public static int Check(int result, string call) => result >= 0 ? result : throw Of(call, Marshal.GetLastPInvokeError());

    public static IOException Of(string call, int errno) => new($"{call}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})");
}
