using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Rlp;

/// <summary>Takes the fields of a list one after the other; errors name the field.</summary>
internal sealed class RlpFields
{
    private readonly IReadOnlyList<RlpItem> _items;
    private int _next;

    public RlpFields(string what, RlpItem item, int count)
    {
        _items = item is RlpList list ? list.Items : throw new RlpException($"{what} is a string of bytes; expected a list.");
        if (_items.Count != count) throw new RlpException($"{what} has {_items.Count} fields; expected {count}.");
    }

    public RlpItem Next() => _items[_next++];

    public ReadOnlyMemory<byte> Bytes(string field) => Next() is RlpBytes bytes ? bytes.Value : throw new RlpException($"{field} is a list; expected bytes.");

    public ulong UInt64(string field) => (ulong)Number(field, sizeof(ulong));

    public UInt128 Number(string field, int maxBytes = 16)
    {
        var bytes = Digits(field, maxBytes);
        UInt128 number = 0;
        foreach (var digit in bytes.Span) number = number << 8 | digit;
        return number;
    }

    public Hash256 WordOfNumber(string field)
    {
        Span<byte> word = stackalloc byte[Hash256.SizeBytes];
        var digits = Digits(field, word.Length).Span;
        digits.CopyTo(word[^digits.Length..]);
        return new Hash256(word);
    }

    public Hash256 Word(string field) => new(Exactly(field, Hash256.SizeBytes));

    public Address Address(string field) => new(Exactly(field, Crypto.Address.SizeBytes));

    public Address? OptionalAddress(string field)
    {
        if (_items[_next] is not RlpBytes { Value.IsEmpty: true }) return Address(field);
        _next++;
        return null;
    }

    private ReadOnlyMemory<byte> Digits(string field, int maxBytes)
    {
        var bytes = Bytes(field);
        if (bytes.Length > maxBytes) throw new RlpException($"{field} has {bytes.Length} bytes; at most {maxBytes} are supported.");
        return bytes.Length == 0 || bytes.Span[0] != 0 ? bytes : throw new RlpException($"{field} has leading zeros.");
    }

    private ReadOnlySpan<byte> Exactly(string field, int size)
    {
        var bytes = Bytes(field).Span;
        return bytes.Length == size ? bytes : throw new RlpException($"{field} has {bytes.Length} bytes; expected {size}.");
    }
}
