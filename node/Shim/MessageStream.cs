using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Node.Shim;

/// <summary>Messages on a socket: length in four bytes, big-endian, then JSON.</summary>
internal sealed class MessageStream(Stream stream) : IAsyncDisposable
{
    public async Task WriteAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        if (json.Length > Limits.MaxMessageBytes) throw new IOException($"a message of {json.Length} bytes: expected at most {Limits.MaxMessageBytes}");
        var framed = new byte[4 + json.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, json.Length);
        json.CopyTo(framed, 4);
        await stream.WriteAsync(framed, cancellationToken);
    }

    /// <returns>Null at the end of the stream.</returns>
    public async Task<T?> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var length = new byte[4];
        if (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, cancellationToken) < length.Length) return null;
        var count = BinaryPrimitives.ReadInt32BigEndian(length);
        if (count is < 2 or > Limits.MaxMessageBytes) throw new IOException($"a message of {count} bytes: expected 2 to {Limits.MaxMessageBytes}");
        var json = new byte[count];
        await stream.ReadExactlyAsync(json, cancellationToken);
        return JsonSerializer.Deserialize(json, type);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
