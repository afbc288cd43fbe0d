using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Grid.Chain.Crypto.Keystores;

/// <summary>Small files that hold secrets.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode AnyoneElse = (UnixFileMode)0b000_111_111;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Mode 0600 from the first byte on; a crash leaves the whole file or none.</summary>
    public static async Task CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(target) ?? throw new KeystoreException($"'{path}' names a directory; name a file.");
        CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp");
        try
        {
            await WriteThroughAsync(temporary, content, cancellationToken);
            Publish(temporary, target);
        }
        finally
        {
            File.Delete(temporary);
        }

        DirectoryEntries.Flush(directory);
    }

    public static async Task<byte[]> ReadAsync(string path, string kind, int maxBytes, CancellationToken cancellationToken)
    {
        using var file = Open(path, kind);
        return await ReadAsync(file, path, kind, maxBytes, cancellationToken);
    }

    /// <summary>As <see cref="ReadAsync(string, string, int, CancellationToken)"/>, and refuses a file that others could read or change.</summary>
    public static async Task<byte[]> ReadSecretAsync(string path, string kind, int maxBytes, CancellationToken cancellationToken)
    {
        using var file = Open(path, kind);
        // Of the open file, so that nobody can swap it between the question and the reading.
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & AnyoneElse) is not 0 and var open)
            throw new KeystoreException($"The {kind} '{path}' is open to others ({open}). Close it: chmod 600 '{path}'");
        return await ReadAsync(file, path, kind, maxBytes, cancellationToken);
    }

    public static string DecodeText(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Without the cause: its message quotes the bytes.
            throw new KeystoreException($"'{path}' is not UTF-8 text.");
        }
    }

    private static SafeFileHandle Open(string path, string kind)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException($"The {kind} '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static async Task<byte[]> ReadAsync(SafeFileHandle file, string path, string kind, int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[maxBytes + 1];
        var length = 0;
        // A pipe or a growing file has no length to trust: read until the end or the bound.
        while (length < buffer.Length)
        {
            var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(length), length, cancellationToken);
            if (read == 0) break;
            length += read;
        }

        if (length > maxBytes) throw new KeystoreException($"The {kind} '{path}' is larger than {maxBytes} bytes.");
        var content = buffer[..length];
        CryptographicOperations.ZeroMemory(buffer);
        return content;
    }

    private static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else if (!Directory.Exists(directory)) Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static async Task WriteThroughAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        await using var stream = new FileStream(path, options);
        await stream.WriteAsync(content, cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    private static void Publish(string temporary, string target)
    {
        try
        {
            File.Move(temporary, target, overwrite: false);
        }
        catch (IOException e) when (File.Exists(target))
        {
            throw new KeystoreException($"'{target}' exists and is not replaced: it may be the only copy of a key. Name another path, or move it away first.", e);
        }
    }
}
