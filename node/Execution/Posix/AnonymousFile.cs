using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Execution.Posix;

/// <summary>A file that only exists in memory (memfd_create(2)): how secrets reach a child without a command line or a disk.</summary>
internal static unsafe class AnonymousFile
{
    private const uint CloseOnExec = 1;

    public static SafeFileHandle Of(string name, ReadOnlySpan<byte> content)
    {
        var fd = Errno.Check(Libc.MemFdCreate(name, CloseOnExec), "memfd_create");
        var file = new SafeFileHandle(fd, ownsHandle: true);
        RandomAccess.Write(file, content, 0);
        return file;
    }
}

/// <summary>Both ends close by themselves in children that are not given them.</summary>
internal sealed unsafe class Pipe : IDisposable
{
    public Pipe()
    {
        var ends = stackalloc int[2];
        Errno.Check(Libc.Pipe2(ends, Libc.OpenCloseOnExec), "pipe2");
        ReadEnd = new SafeFileHandle(ends[0], ownsHandle: true);
        WriteEnd = new SafeFileHandle(ends[1], ownsHandle: true);
    }

    public SafeFileHandle ReadEnd { get; }

    public SafeFileHandle WriteEnd { get; }

    public void Dispose()
    {
        ReadEnd.Dispose();
        WriteEnd.Dispose();
    }
}

internal static class HandleNumbers
{
    public static int Number(this SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
