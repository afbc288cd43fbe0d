using Grid.Protocol.Settlement;

namespace Grid.Settlements;

/// <summary>A batch that is collected. Stored after its rows, so that whoever finds a root finds all of its leaves.</summary>
public sealed record SettlementState
{
    /// <summary>Null before it is collected.</summary>
    public SettlementRoot? Root { get; init; }

    public int Pages { get; init; }
}
