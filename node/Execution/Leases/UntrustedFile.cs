using Grid.Node.Execution.Posix;
using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Execution.Leases;

/// <summary>Opens a file that a workload wrote. The workload may put a link, a pipe or a device in the way, and may change its mind at any time.</summary>
internal static class UntrustedFile
{
    /// <param name="root">A directory that is the node's own.</param>
    /// <param name="relativePath">Walked part by part below it, following no link.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">What is there is no plain file, or a link lies on the way.</exception>
    public static FileStream OpenRead(string root, string relativePath)
    {
        var parts = relativePath.Split('/');
        if (parts.Any(part => part is "" or "." or "..")) throw new UnauthorizedAccessException($"'{relativePath}': expected no empty part, '.' or '..'.");
        var directory = Open(Libc.AtCurrentDirectory, root, Libc.OpenDirectory, relativePath);
        try
        {
            for (var i = 0; i < parts.Length - 1; i++)
            {
                var next = Open(directory.Number(), parts[i], Libc.OpenDirectory, relativePath);
                directory.Dispose();
                directory = next;
            }

            // Non-blocking, since opening a pipe waits for its other end.
            return Plain(Open(directory.Number(), parts[^1], Libc.OpenNonBlocking, relativePath), relativePath);
        }
        finally
        {
            directory.Dispose();
        }
    }

    private static FileStream Plain(SafeFileHandle file, string path)
    {
        if (StatX.Of(file.Number()) is { IsRegularFile: true }) return new FileStream(file, FileAccess.Read);
        file.Dispose();
        throw new UnauthorizedAccessException($"'{path}' is not a plain file.");
    }

    private static SafeFileHandle Open(int directory, string name, int flags, string path)
    {
        var fd = Libc.OpenAt(directory, name, Libc.OpenReadOnly | flags | Libc.OpenNoFollow | Libc.OpenCloseOnExec, 0);
        if (fd >= 0) return new SafeFileHandle(fd, ownsHandle: true);
        var errno = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        throw errno switch
        {
            Errno.NoEntry => new FileNotFoundException($"'{path}' does not exist."),
            Errno.TooManyLinks => new UnauthorizedAccessException($"'{path}': '{name}' is a symbolic link, which is not followed."),
            Errno.NotADirectory => new UnauthorizedAccessException($"'{path}': '{name}' is no directory, or a symbolic link, which is not followed."),
            _ => new UnauthorizedAccessException($"'{path}': {Errno.Of("open", errno).Message}"),
        };
    }
}
