using System.Text;
using Grid.Chain.Crypto;

namespace Grid.Chain.Ethereum.Abi;

/// <summary>An event of a contract: <c>AbiEvent.Parse("Deposited(address indexed payer, address indexed operator, uint256 amount)")</c>.</summary>
public sealed class AbiEvent
{
    private const int MaxIndexed = 3;

    private readonly AbiParameter[] _parameters;
    private readonly AbiType[] _dataTypes;

    private AbiEvent(string name, AbiParameter[] parameters)
    {
        _parameters = parameters;
        _dataTypes = [.. parameters.Where(parameter => !parameter.IsIndexed).Select(parameter => parameter.Type)];
        Signature = AbiFunction.SignatureOf(name, parameters.Select(parameter => parameter.Type));
        Declaration = $"{name}({string.Join(',', parameters.Select(parameter => parameter.Type.Name + (parameter.IsIndexed ? " indexed" : "")))})";
        Topic = Keccak256.Hash(Encoding.UTF8.GetBytes(Signature));
    }

    public string Signature { get; }

    /// <summary>The signature with what is indexed, as <c>Owed(address indexed,uint256)</c>.</summary>
    public string Declaration { get; }

    /// <summary>The first topic of its logs.</summary>
    public Hash256 Topic { get; }

    public static AbiEvent Parse(string text)
    {
        var parser = new AbiParser(text);
        var name = parser.Identifier();
        var parameters = parser.Parameters().ToArray();
        parser.End();
        var indexed = parameters.Count(parameter => parameter.IsIndexed);
        return indexed <= MaxIndexed
            ? new AbiEvent(name, parameters)
            : throw new AbiException($"{name} has {indexed} indexed parameters; an event has at most {MaxIndexed}.");
    }

    /// <summary>The topic that an indexed argument of this value has, for filters.</summary>
    public Hash256 TopicOf(int parameter, AbiValue value)
    {
        var type = _parameters[parameter].Type;
        return type.HasTopic ? new Hash256(type.Encode(value)) : throw new AbiException($"Indexed arguments of type {type} stand in topics as hashes.");
    }

    /// <returns>All arguments in their order; an indexed one of dynamic or composite type as the hash that its topic holds.</returns>
    public AbiValue[] Decode(IReadOnlyList<Hash256> topics, ReadOnlyMemory<byte> data)
    {
        var indexed = _parameters.Length - _dataTypes.Length;
        if (topics.Count != 1 + indexed || topics[0] != Topic) throw new AbiException($"The log is not of {Signature}: expected its topic and {indexed} more.");
        var (fromData, nextTopic, nextDatum) = (AbiReader.DecodeAll(data, _dataTypes), 1, 0);
        return [.. _parameters.Select(parameter => parameter.IsIndexed ? FromTopic(parameter.Type, topics[nextTopic++]) : fromData[nextDatum++])];
    }

    private static AbiValue FromTopic(AbiType type, Hash256 topic) => type.HasTopic ? AbiReader.DecodeAll(topic.ToByteArray(), [type])[0] : topic;
}
