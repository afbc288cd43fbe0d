namespace Grid.Chain.Ethereum.Rlp;

/// <summary>
/// Reads RLP strictly: every value has one encoding, and any other (a longer prefix than needed, leading zeros in a length,
/// bytes left over, a length beyond the end) is refused. Otherwise one transaction would have several hashes.
/// </summary>
public static class RlpReader
{
    /// <exception cref="RlpException">Not one whole value in its only encoding, or beyond <see cref="Limits"/>.</exception>
    public static RlpItem Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > Limits.MaxRlpBytes) throw new RlpException($"RLP of {bytes.Length} bytes; at most {Limits.MaxRlpBytes} are read.");
        var item = ReadItem(bytes, Limits.MaxRlpDepth, out var length);
        return length == bytes.Length ? item : throw new RlpException($"{bytes.Length - length} bytes follow the value; expected none.");
    }

    private static RlpItem ReadItem(ReadOnlyMemory<byte> bytes, int depthLeft, out int length)
    {
        if (bytes.IsEmpty) throw new RlpException("The bytes end where a value should begin.");
        var prefix = bytes.Span[0];
        if (prefix < RlpPrefix.ShortBytes)
        {
            length = 1;
            return RlpItem.Of(bytes[..1]);
        }

        var isList = prefix >= RlpPrefix.ShortList;
        var content = ReadContent(bytes, prefix - (isList ? RlpPrefix.ShortList : RlpPrefix.ShortBytes), out length);
        if (isList) return ReadList(content, depthLeft);
        if (content.Length == 1 && content.Span[0] < RlpPrefix.ShortBytes)
            throw new RlpException($"The byte 0x{content.Span[0]:x2} has a prefix; a byte below 0x80 stands alone.");
        return RlpItem.Of(content);
    }

    private static RlpList ReadList(ReadOnlyMemory<byte> content, int depthLeft)
    {
        if (depthLeft == 0) throw new RlpException($"Lists are nested more than {Limits.MaxRlpDepth} deep.");
        var items = new List<RlpItem>();
        while (!content.IsEmpty)
        {
            items.Add(ReadItem(content, depthLeft - 1, out var length));
            content = content[length..];
        }

        return new RlpList(items);
    }

    private static ReadOnlyMemory<byte> ReadContent(ReadOnlyMemory<byte> bytes, int code, out int length)
    {
        var lengthOfLength = Math.Max(0, code - RlpPrefix.MaxShortLength);
        var contentLength = lengthOfLength == 0 ? (ulong)code : ReadLength(bytes.Span[1..], lengthOfLength);
        var start = 1 + lengthOfLength;
        if (contentLength > (ulong)(bytes.Length - start))
            throw new RlpException($"A value of {contentLength} bytes is announced, {bytes.Length - start} are left.");
        length = start + (int)contentLength;
        return bytes[start..length];
    }

    private static ulong ReadLength(ReadOnlySpan<byte> bytes, int lengthOfLength)
    {
        if (bytes.Length < lengthOfLength) throw new RlpException($"A length of {lengthOfLength} bytes is announced, {bytes.Length} are left.");
        if (bytes[0] == 0) throw new RlpException("A length has leading zeros.");
        var length = 0UL;
        foreach (var digit in bytes[..lengthOfLength]) length = length << 8 | digit;
        return length > RlpPrefix.MaxShortLength
            ? length
            : throw new RlpException($"The length {length} has bytes of its own; up to {RlpPrefix.MaxShortLength} stands in the prefix.");
    }
}
