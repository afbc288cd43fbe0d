using Grid.Chain.Ethereum.Abi;

namespace Grid.Chain.Ethereum.Contracts.Events;

/// <summary>One kind of event: how its log is declared and what it becomes.</summary>
internal sealed class EventKind(string declaration, Func<AbiValue[], ChainEvent> make)
{
    public string Declaration { get; } = declaration;

    public AbiEvent Abi { get; } = AbiEvent.Parse(declaration);

    /// <exception cref="AbiException">The log is not of this kind.</exception>
    public ChainEvent Decode(LogEntry log) => make(Abi.Decode(log.Topics, log.Data));
}
