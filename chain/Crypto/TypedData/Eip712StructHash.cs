using System.Buffers.Binary;
using System.Text;

namespace Grid.Chain.Crypto;

/// <summary>
/// Builds hashStruct of EIP-712: the type's hash, then one 32-byte word a field, in the order of the type.
/// A nested struct is added by its own hash; its name and fields belong into the encoded type.
/// </summary>
public sealed class Eip712StructHash
{
    private const int WordBytes = Hash256.SizeBytes;

    private readonly byte[] _words = new byte[WordBytes * (1 + Limits.MaxStructFields)];
    private int _count;

    private Eip712StructHash()
    {
    }

    public static Eip712StructHash Begin(Hash256 typeHash) => new Eip712StructHash().Add(typeHash);

    /// <summary>A bytes32, or the hash of a nested struct.</summary>
    public Eip712StructHash Add(Hash256 value)
    {
        value.CopyTo(NextWord());
        return this;
    }

    public Eip712StructHash Add(Address value)
    {
        value.CopyTo(NextWord()[(WordBytes - Address.SizeBytes)..]);
        return this;
    }

    /// <summary>Any uint type up to 32 bits.</summary>
    public Eip712StructHash Add(uint value) => Add((ulong)value);

    /// <summary>Any uint type up to 64 bits.</summary>
    public Eip712StructHash Add(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(NextWord()[(WordBytes - sizeof(ulong))..], value);
        return this;
    }

    /// <summary>Any int type up to 64 bits, sign-extended; a value that is not negative also encodes the uint types.</summary>
    public Eip712StructHash Add(long value)
    {
        var word = NextWord();
        if (value < 0) word.Fill(0xff);
        BinaryPrimitives.WriteInt64BigEndian(word[(WordBytes - sizeof(long))..], value);
        return this;
    }

    /// <summary>Any uint type up to 128 bits.</summary>
    public Eip712StructHash Add(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(NextWord()[(WordBytes - 16)..], value);
        return this;
    }

    public Eip712StructHash Add(bool value)
    {
        NextWord()[WordBytes - 1] = value ? (byte)1 : (byte)0;
        return this;
    }

    /// <summary>A string, by the hash of its UTF-8 bytes.</summary>
    public Eip712StructHash AddString(string value) => AddBytes(Encoding.UTF8.GetBytes(value));

    /// <summary>A bytes field, by its hash.</summary>
    public Eip712StructHash AddBytes(ReadOnlySpan<byte> value) => Add(Keccak256.Hash(value));

    public Hash256 ToHash256() => Keccak256.Hash(_words.AsSpan(0, _count * WordBytes));

    private Span<byte> NextWord()
    {
        if (_count > Limits.MaxStructFields) throw new InvalidOperationException($"A signed struct has at most {Limits.MaxStructFields} fields; use nested structs.");
        return _words.AsSpan(_count++ * WordBytes, WordBytes);
    }
}
