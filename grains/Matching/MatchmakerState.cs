using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
    [JsonConverter(typeof(PackedElementsJsonConverter))]
    public ImmutableSortedDictionary<int, OrderId> Open { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<int, OrderId>.Empty;

    /// <summary>Elements that came to nothing, newest last.</summary>
    public ImmutableArray<int> Voids { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>How open elements were stored before they were packed.</summary>
public sealed record BoundElement(int Element, OrderId Order);
