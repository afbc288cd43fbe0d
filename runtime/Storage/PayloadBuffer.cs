using System.Buffers;
using System.Text.Json;

namespace Grid.Runtime.Storage;

/// <summary>A thread's buffer with its JSON writer: a state is serialized into it at one go, and leaves it as a copy.</summary>
internal sealed class PayloadBuffer
{
    [ThreadStatic]
    private static PayloadBuffer? s_idle;

    private readonly ArrayBufferWriter<byte> _bytes = new(Limits.FirstBufferBytes);

    private PayloadBuffer() => Json = new Utf8JsonWriter(_bytes);

    public Utf8JsonWriter Json { get; }

    /// <summary>An empty buffer. One that is never finished, since its state could not be written, is not used again.</summary>
    public static PayloadBuffer Take()
    {
        var buffer = s_idle ?? new PayloadBuffer();
        s_idle = null;
        return buffer;
    }

    public void Append(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>A copy of what was written; the buffer is ready for the thread's next state.</summary>
    public Payload Finish()
    {
        Json.Flush();
        var written = Payload.Of(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
        Json.Reset();
        if (_bytes.Capacity <= Limits.KeptBufferBytes) s_idle = this;
        return written;
    }
}
