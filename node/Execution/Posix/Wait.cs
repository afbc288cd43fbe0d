namespace Grid.Node.Execution.Posix;

/// <summary>For the few things of the kernel that can't be waited for otherwise, on threads that do nothing else.</summary>
internal static unsafe class Wait
{
    public static void Milliseconds(int timeoutMs) => _ = Libc.Poll(null, 0, timeoutMs);
}
