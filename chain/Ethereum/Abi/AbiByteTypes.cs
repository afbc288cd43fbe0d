using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Abi;

internal sealed class AbiAddressType() : AbiType("address", WordBytes, isDynamic: false)
{
    public override byte[] Encode(AbiValue value)
    {
        var word = new byte[WordBytes];
        value.ToAddress().CopyTo(word.AsSpan(WordBytes - Address.SizeBytes));
        return word;
    }

    internal override AbiValue Decode(AbiReader reader)
    {
        var word = reader.Word().Span;
        if (word[..^Address.SizeBytes].ContainsAnyExcept((byte)0)) throw new AbiException("An address has 20 bytes; the 12 before them must be zero.");
        return new Address(word[^Address.SizeBytes..]);
    }
}

/// <summary><c>bytes1</c> to <c>bytes32</c>: left in the word, zeros behind.</summary>
internal sealed class AbiFixedBytes(int size) : AbiType("bytes" + size, WordBytes, isDynamic: false)
{
    public override byte[] Encode(AbiValue value)
    {
        var bytes = value.ToBytes();
        if (bytes.Length != size) throw Misfit(value, $"{size} bytes");
        var word = new byte[WordBytes];
        bytes.Span.CopyTo(word);
        return word;
    }

    internal override AbiValue Decode(AbiReader reader)
    {
        var word = reader.Word();
        return word.Span[size..].ContainsAnyExcept((byte)0) ? throw new AbiException($"{Name} is followed by other than zeros.") : word[..size];
    }
}

/// <summary><c>bytes</c>: the length, then the bytes, padded with zeros to whole words.</summary>
internal sealed class AbiDynamicBytes() : AbiType("bytes", 0, isDynamic: true)
{
    public override byte[] Encode(AbiValue value) => Encode(value.ToBytes().Span);

    internal override AbiValue Decode(AbiReader reader) => DecodeBytes(reader);

    internal static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        var encoded = new byte[WordBytes + AbiReader.RoundUpToWord(bytes.Length)];
        AbiWords.Write(encoded, bytes.Length);
        bytes.CopyTo(encoded.AsSpan(WordBytes));
        return encoded;
    }

    internal static ReadOnlyMemory<byte> DecodeBytes(AbiReader reader)
    {
        var length = reader.Length(elementBytes: 1);
        var padded = reader.Take(AbiReader.RoundUpToWord(length));
        return padded.Span[length..].ContainsAnyExcept((byte)0) ? throw new AbiException("Bytes are padded with other than zeros.") : padded[..length];
    }
}

/// <summary><c>string</c>: UTF-8 bytes, encoded as <c>bytes</c>.</summary>
internal sealed class AbiString() : AbiType("string", 0, isDynamic: true)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override byte[] Encode(AbiValue value) => AbiDynamicBytes.Encode(s_strict.GetBytes(value.ToText()));

    internal override AbiValue Decode(AbiReader reader)
    {
        try
        {
            return s_strict.GetString(AbiDynamicBytes.DecodeBytes(reader).Span);
        }
        catch (DecoderFallbackException)
        {
            throw new AbiException("A string is not UTF-8.");
        }
    }
}
