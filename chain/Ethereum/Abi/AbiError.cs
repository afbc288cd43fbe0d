using System.Diagnostics.CodeAnalysis;

namespace Grid.Chain.Ethereum.Abi;

/// <summary>A custom error of a contract, as it comes back with a revert.</summary>
public sealed class AbiError
{
    private readonly AbiType[] _inputs;
    private readonly byte[] _selector;

    private AbiError(string name, AbiType[] inputs)
    {
        Name = name;
        Signature = AbiFunction.SignatureOf(name, inputs);
        _inputs = inputs;
        _selector = AbiFunction.SelectorOf(Signature);
    }

    /// <summary>What <c>require(condition, "text")</c> reverts with.</summary>
    public static AbiError Text { get; } = Parse("Error(string)");

    /// <summary>What a failed assertion or an overflow reverts with; its argument is Solidity's panic code.</summary>
    public static AbiError Panic { get; } = Parse("Panic(uint256)");

    public string Name { get; }

    public string Signature { get; }

    public ReadOnlyMemory<byte> Selector => _selector;

    public static AbiError Parse(string text)
    {
        var parser = new AbiParser(text);
        var name = parser.Identifier();
        var inputs = AbiFunction.Types(parser.Parameters());
        parser.End();
        return new AbiError(name, inputs);
    }

    /// <returns>False where the revert is another error's.</returns>
    /// <exception cref="AbiException">The selector is this error's, the arguments are not.</exception>
    public bool TryDecode(ReadOnlyMemory<byte> revertData, [NotNullWhen(true)] out AbiValue[]? arguments)
    {
        arguments = revertData.Span.StartsWith(_selector) ? AbiReader.DecodeAll(revertData[AbiFunction.SelectorBytes..], _inputs) : null;
        return arguments is not null;
    }
}
