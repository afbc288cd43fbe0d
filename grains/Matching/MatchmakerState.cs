using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;

namespace Grid.Matching;

/// <summary>What a matchmaker has committed itself to.</summary>
public sealed record MatchmakerState
{
    /// <summary>Which of its chains is in use; a chain's secret derives from the operator's key and this.</summary>
    public int Generation { get; init; }

    public Hash256 Anchor { get; init; }

    /// <summary>The next element that no order has.</summary>
    public int NextElement { get; init => field = Math.Max(1, value); } = 1;

    /// <summary>Elements that are bound to an order and not known to be used: after a crash they are void.</summary>
    public ImmutableArray<BoundElement> Open { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Elements that came to nothing, newest last.</summary>
    public ImmutableArray<int> Voids { get; init => field = value.OrEmpty(); } = [];
}

public sealed record BoundElement(int Element, OrderId Order);
