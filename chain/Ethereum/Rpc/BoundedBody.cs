namespace Grid.Chain.Ethereum.Rpc;

internal static class BoundedBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <returns>Null for a body larger than <paramref name="maxBytes"/>, whatever its header said.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes) return null;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        while (await stream.ReadAsync(chunk, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > maxBytes) return null;
            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }
}
