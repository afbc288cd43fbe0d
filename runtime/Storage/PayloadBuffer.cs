using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Grid.Runtime.Storage;

/// <summary>A reusable buffer with its JSON writer: a state is serialized into it and bound from it, with no copy between.</summary>
internal sealed class PayloadBuffer : IDisposable
{
    private static readonly ConcurrentStack<PayloadBuffer> Pool = new();

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private PayloadBuffer() => Json = new Utf8JsonWriter(_bytes);

    public Utf8JsonWriter Json { get; }

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public static PayloadBuffer Rent() => Pool.TryPop(out var buffer) ? buffer : new PayloadBuffer();

    public void Append(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>Gives the buffer back; what was written is gone.</summary>
    public void Dispose()
    {
        if (_bytes.Capacity > Limits.PooledBufferBytes || Pool.Count >= Limits.PooledBuffers) return;
        _bytes.ResetWrittenCount();
        Json.Reset();
        Pool.Push(this);
    }
}
