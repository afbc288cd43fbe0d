using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Eras;

/// <summary>All that is durable of an era. Books and records themselves lie in the era files.</summary>
public sealed record EraState
{
    public EraStage Stage { get; init; }

    /// <summary>Slots that this operator vouches for, a bit each.</summary>
    public ulong Up { get; init; }

    public ImmutableSortedDictionary<Address, Signed<ObservationsPublished>> Books { get; init => field = value.OrEmpty(); } =
        ImmutableSortedDictionary<Address, Signed<ObservationsPublished>>.Empty;

    public ImmutableSortedDictionary<Address, Signed<EraProposal>> Proposals { get; init => field = value.OrEmpty(); } =
        ImmutableSortedDictionary<Address, Signed<EraProposal>>.Empty;

    /// <summary>The first vote of each operator, this one's included: it is stored here before anybody sees it, and never another.</summary>
    public ImmutableSortedDictionary<Address, Signed<EraRoot>> Votes { get; init => field = value.OrEmpty(); } = ImmutableSortedDictionary<Address, Signed<EraRoot>>.Empty;

    public ImmutableArray<Signed<EraRoot>> Equivocations { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The record whose root this operator has voted for, or that was committed.</summary>
    public Hash256 Record { get; init; }

    public EraRoot? Committed { get; init; }

    /// <summary>Whether every provider's reputation has heard of the outcome.</summary>
    public bool IsTold { get; init; }

    public string? Objection { get; init; }

    public string? Transaction { get; init; }
}
