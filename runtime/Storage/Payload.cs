using System.Buffers;

namespace Grid.Runtime.Storage;

/// <summary>
/// A state's bytes on their way to the disk, in borrowed memory: thousands wait at the same time, and none of them longer than a
/// commit takes.
/// </summary>
internal readonly struct Payload : IDisposable
{
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(Limits.PooledPayloadBytes, Limits.PooledPayloads);

    private readonly byte[] _memory;
    private readonly int _size;

    private Payload(byte[] memory, int size) => (_memory, _size) = (memory, size);

    public ReadOnlyMemory<byte> Bytes => _memory.AsMemory(0, _size);

    public static Payload Of(ReadOnlySpan<byte> bytes)
    {
        var memory = Pool.Rent(bytes.Length);
        bytes.CopyTo(memory);
        return new Payload(memory, bytes.Length);
    }

    /// <summary>Gives the memory back; once only, when nobody reads the bytes any more.</summary>
    public void Dispose() => Pool.Return(_memory);
}
