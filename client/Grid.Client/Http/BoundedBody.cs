namespace Grid.Client.Http;

/// <summary>Reads an answer into memory, however long it claims to be.</summary>
internal static class BoundedBody
{
    /// <exception cref="GridException">Longer than the bound.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > maxBytes) throw TooLong(maxBytes);
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[Math.Min(maxBytes, content.Headers.ContentLength is { } known ? (int)known : 16 * 1024) + 1];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellation) is var read and > 0)
        {
            length += read;
            if (length > maxBytes) throw TooLong(maxBytes);
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, maxBytes + 1L));
        }
        return buffer.AsMemory(0, length);
    }

    private static GridException TooLong(int maxBytes) => new(GridErrorKind.BadAnswer, $"The operator's answer is longer than {maxBytes} bytes.");
}
