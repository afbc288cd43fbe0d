namespace Grid;

/// <summary>A rule that must hold at every instant did not: a bug. The grain that sees it stops without storing anything.</summary>
public sealed class InvariantBrokenException(string id, string context) : Exception($"{id} is broken: {context}")
{
    /// <summary>As in INVARIANTS.md.</summary>
    public string Id { get; } = id;
}
