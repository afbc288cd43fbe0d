using System.Buffers.Binary;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Settlement;

/// <summary>keccak256(abi.encode(…)) of fields that are one word each.</summary>
internal ref struct AbiHash(Span<byte> words)
{
    private const int WordBytes = Hash256.SizeBytes;

    private readonly Span<byte> _words = words;
    private int _count;

    public void Add(Hash256 value) => value.CopyTo(Next());

    public void Add(Address value) => value.CopyTo(Next()[(WordBytes - Address.SizeBytes)..]);

    public void Add(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Next()[(WordBytes - sizeof(ulong))..], value);

    /// <exception cref="OverflowException">A negative amount has no encoding as an unsigned word.</exception>
    public void Add(Money value) => Add(checked((ulong)value.MicroUnits));

    public readonly Hash256 Once() => Keccak256.Hash(_words[..(_count * WordBytes)]);

    /// <summary>As leaves are hashed, so that no inner node can pass for one.</summary>
    public readonly Hash256 Twice()
    {
        Span<byte> once = stackalloc byte[WordBytes];
        Once().CopyTo(once);
        return Keccak256.Hash(once);
    }

    private Span<byte> Next()
    {
        var word = _words.Slice(_count++ * WordBytes, WordBytes);
        word.Clear();
        return word;
    }
}
