namespace Grid.Chain.Ethereum.Abi;

/// <summary>A type of the contract ABI (Solidity documentation, "Contract ABI Specification").</summary>
public abstract class AbiType
{
    internal const int WordBytes = 32;

    private protected AbiType(string name, int headBytes, bool isDynamic)
    {
        Name = name;
        HeadBytes = isDynamic ? WordBytes : headBytes;
        IsDynamic = isDynamic;
    }

    /// <summary>Canonical, as selectors hash it: <c>uint256</c>, <c>(address,bytes32)[]</c>.</summary>
    public string Name { get; }

    /// <summary>Whether its place holds an offset, and the value lies behind.</summary>
    internal bool IsDynamic { get; }

    /// <summary>What it takes in the sequence it stands in: the value, or the offset of a dynamic one.</summary>
    internal int HeadBytes { get; }

    /// <summary>Whether an indexed argument stands in its topic as it is; all others are hashed.</summary>
    internal bool HasTopic => !IsDynamic && this is not (AbiArray or AbiTuple);

    /// <exception cref="AbiException">No such type, or beyond <see cref="Limits"/>.</exception>
    public static AbiType Parse(string text) => new AbiParser(text).WholeType();

    /// <exception cref="AbiException">The value does not fit.</exception>
    public abstract byte[] Encode(AbiValue value);

    /// <summary>Of the value itself; the offset of a dynamic one was followed already.</summary>
    internal abstract AbiValue Decode(AbiReader reader);

    public override string ToString() => Name;

    private protected AbiException Misfit(AbiValue value, string expected) => new($"{value} is no {Name}; expected {expected}.");
}
