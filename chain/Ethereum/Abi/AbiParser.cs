namespace Grid.Chain.Ethereum.Abi;

/// <summary>One parameter of a signature: <c>address indexed payer</c>.</summary>
internal readonly record struct AbiParameter(AbiType Type, bool IsIndexed, string Name);

/// <summary>Reads signatures as Solidity writes them: <c>claim(address provider, (uint64,bytes32)[] proof) returns (uint256)</c>.</summary>
internal sealed class AbiParser
{
    private const int BitsPerByte = 8;

    private readonly string _text;
    private int _at;
    private int _depthLeft = Limits.MaxAbiDepth;

    public AbiParser(string text)
    {
        if (text.Length > Limits.MaxAbiSignatureChars)
            throw new AbiException($"A signature has at most {Limits.MaxAbiSignatureChars} characters, not {text.Length}.");
        _text = text;
    }

    public AbiType WholeType()
    {
        var type = Type();
        End();
        return type;
    }

    public string Identifier()
    {
        var word = Word();
        return word.Length > 0 && !char.IsAsciiDigit(word[0]) ? word : throw Wrong("a name");
    }

    public IReadOnlyList<AbiParameter> Parameters()
    {
        var parameters = new List<AbiParameter>();
        Expect('(');
        if (Take(')')) return parameters;
        do parameters.Add(Parameter());
        while (Take(','));
        Expect(')');
        return parameters;
    }

    public bool TakeWord(string word)
    {
        var start = _at;
        if (Word() == word) return true;
        _at = start;
        return false;
    }

    public void End()
    {
        SkipSpaces();
        if (_at < _text.Length) throw Wrong("the end");
    }

    private AbiParameter Parameter()
    {
        var type = Type();
        var isIndexed = TakeWord("indexed");
        return new AbiParameter(type, isIndexed, Word());
    }

    private AbiType Type()
    {
        if (_depthLeft-- == 0) throw new AbiException($"Types are nested more than {Limits.MaxAbiDepth} deep.");
        SkipSpaces();
        var type = _at < _text.Length && _text[_at] == '(' ? Tuple() : Elementary(Word());
        for (var suffixes = 0; Take('['); suffixes++)
        {
            if (suffixes == Limits.MaxAbiDepth) throw new AbiException($"Arrays are nested more than {Limits.MaxAbiDepth} deep.");
            type = ArrayOf(type);
        }

        _depthLeft++;
        return type;
    }

    private AbiTuple Tuple()
    {
        var fields = Parameters();
        return fields.Count > 0 ? new AbiTuple([.. fields.Select(field => field.Type)]) : throw Wrong("a field");
    }

    private AbiArray ArrayOf(AbiType element)
    {
        if (Take(']')) return new AbiArray(element, null);
        var size = Word();
        if (!int.TryParse(size, out var count) || count < 1 || count > Limits.MaxAbiBytes / element.HeadBytes)
            throw new AbiException($"'[{size}]' is no size of an array that is supported.");
        Expect(']');
        return new AbiArray(element, count);
    }

    private static AbiType Elementary(string name) => name switch
    {
        "address" => new AbiAddressType(),
        "bool" => new AbiBoolType(),
        "bytes" => new AbiDynamicBytes(),
        "string" => new AbiString(),
        "uint" => new AbiInteger(256, isSigned: false),
        "int" => new AbiInteger(256, isSigned: true),
        _ when TrySize(name, "uint", BitsPerByte, 256, out var bits) => new AbiInteger(bits, isSigned: false),
        _ when TrySize(name, "int", BitsPerByte, 256, out var bits) => new AbiInteger(bits, isSigned: true),
        _ when TrySize(name, "bytes", 1, AbiType.WordBytes, out var size) => new AbiFixedBytes(size),
        _ => throw new AbiException($"'{name}' is no ABI type; expected uintN, intN, address, bool, bytesN, bytes, string, a tuple, or an array of one."),
    };

    private static bool TrySize(string name, string prefix, int step, int max, out int size)
    {
        size = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), out size)
            && size > 0 && size <= max && size % step == 0
            && name.Length == prefix.Length + size.ToString().Length;
    }

    private string Word()
    {
        SkipSpaces();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$')) _at++;
        return _text[start.._at];
    }

    private bool Take(char expected)
    {
        SkipSpaces();
        if (_at == _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected)) throw Wrong($"'{expected}'");
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] == ' ') _at++;
    }

    private AbiException Wrong(string expected) => new($"Signature '{_text}', character {_at}: expected {expected}.");
}
