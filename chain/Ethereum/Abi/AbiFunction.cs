using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Abi;

/// <summary>A function of a contract: <c>AbiFunction.Parse("deposits(address payer, address operator) returns (uint256)")</c>.</summary>
public sealed class AbiFunction
{
    internal const int SelectorBytes = 4;

    private readonly AbiType[] _inputs, _outputs;
    private readonly byte[] _selector;

    private AbiFunction(string signature, AbiType[] inputs, AbiType[] outputs)
    {
        Signature = signature;
        _inputs = inputs;
        _outputs = outputs;
        _selector = SelectorOf(signature);
    }

    /// <summary>Canonical: names and spaces gone.</summary>
    public string Signature { get; }

    /// <summary>Signature and results, as <c>owed(address) returns (uint256)</c>.</summary>
    public string Declaration => _outputs.Length == 0 ? Signature : $"{Signature} returns ({string.Join(',', _outputs.Select(type => type.Name))})";

    /// <summary>The first 4 bytes of the signature's Keccak-256.</summary>
    public ReadOnlyMemory<byte> Selector => _selector;

    public static AbiFunction Parse(string text)
    {
        var parser = new AbiParser(text);
        var name = parser.Identifier();
        var inputs = Types(parser.Parameters());
        var outputs = parser.TakeWord("returns") ? Types(parser.Parameters()) : [];
        parser.End();
        return new AbiFunction(SignatureOf(name, inputs), inputs, outputs);
    }

    /// <returns>Calldata: selector and arguments.</returns>
    public byte[] Encode(params IReadOnlyList<AbiValue> arguments)
    {
        if (arguments.Count != _inputs.Length) throw new AbiException($"{Signature} takes {_inputs.Length} arguments, not {arguments.Count}.");
        return [.. _selector, .. AbiSequence.Encode([.. _inputs.Zip(arguments)])];
    }

    public AbiValue[] DecodeInput(ReadOnlyMemory<byte> calldata)
    {
        if (!calldata.Span.StartsWith(_selector)) throw new AbiException($"The calldata is not a call of {Signature}: its selector differs.");
        return AbiReader.DecodeAll(calldata[SelectorBytes..], _inputs);
    }

    public AbiValue[] DecodeOutput(ReadOnlyMemory<byte> returned) => AbiReader.DecodeAll(returned, _outputs);

    internal static AbiType[] Types(IReadOnlyList<AbiParameter> parameters) => [.. parameters.Select(parameter => parameter.Type)];

    internal static string SignatureOf(string name, IEnumerable<AbiType> types) => $"{name}({string.Join(',', types.Select(type => type.Name))})";

    internal static byte[] SelectorOf(string signature) => Keccak256.Hash(Encoding.UTF8.GetBytes(signature)).ToByteArray()[..SelectorBytes];
}
