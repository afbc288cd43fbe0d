using System.Text.Json;
using Grid.Node.Execution.Posix;
using Microsoft.Win32.SafeHandles;

namespace Grid.Node.Shim;

/// <summary>What bubblewrap tells through <c>--info-fd</c> once the sandbox exists.</summary>
internal static class SandboxInfo
{
    /// <returns>The process id, outside, of the sandbox's first process; 0 where it never came to be.</returns>
    public static unsafe int ReadChildPid(SafeFileHandle info)
    {
        var bytes = new byte[Limits.MaxInfoBytes];
        var count = 0;
        while (count < bytes.Length)
        {
            nint read;
            fixed (byte* at = &bytes[count]) read = Libc.Read(info.Number(), at, bytes.Length - count);
            if (read <= 0) break;
            count += (int)read;
            if (TryParse(bytes.AsSpan(0, count)) is { } pid) return pid;
        }

        return 0;
    }

    private static int? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonElement.ParseValue(ref reader).GetProperty("child-pid").GetInt32();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}
