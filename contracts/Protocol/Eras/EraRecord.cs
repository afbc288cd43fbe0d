using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol.Signing;

namespace Grid.Protocol.Eras;

/// <summary>
/// All that an era came to: who observed it, by which books, and the rows that follow. Published whole: with the books that it names, and the record before,
/// anybody computes it again.
/// </summary>
/// <param name="Previous">Keccak-256 of the record of the last committed era; zero for the first.</param>
/// <param name="Beacon">The common chance after this era.</param>
/// <param name="Operators">The whole operator set, ascending, with and without a book.</param>
/// <param name="Commitments">To secrets of coming eras, ascending by era and operator.</param>
/// <param name="Rows">Ascending by provider.</param>
public sealed record EraRecord(
    ulong Era,
    Hash256 Previous,
    Hash256 Beacon,
    ImmutableArray<EraOperator> Operators,
    ImmutableArray<EraCommitment> Commitments,
    ImmutableArray<EraRow> Rows)
{
    /// <summary>What this era's books and the record before it come to.</summary>
    /// <param name="previous">Of the last committed era; null for the first.</param>
    /// <param name="books">With the hash of each one's bytes; of operators with a quorum of weight, one each.</param>
    public static EraRecord Of(
        ulong era, EraRecord? previous, Hash256 previousHash, IReadOnlyList<(Hash256 Content, ObservationBook Book)> books, OperatorWeights weights, EraRules rules)
    {
        var known = previous?.Commitments ?? [];
        var now = known.Where(commitment => commitment.Era == era).ToImmutableSortedDictionary(static commitment => commitment.Operator, static commitment => commitment.Hash);
        var coming = books.Select(book => new EraCommitment(era + EraBeacon.ErasAhead, book.Book.Operator, book.Book.Commitment));
        var contents = books.ToImmutableSortedDictionary(static book => book.Book.Operator, static book => book.Content);
        var observed = books.Select(static book => book.Book).ToArray();
        return new EraRecord(
            era,
            previousHash,
            EraBeacon.Next(previous?.Beacon ?? EraBeacon.First, EraBeacon.Opened(observed, now)),
            [.. weights.Operators.Select(address => new EraOperator(address, weights.Of(address), contents.GetValueOrDefault(address)))],
            [.. known.Where(commitment => commitment.Era > era).Concat(coming).OrderBy(static commitment => commitment.Era).ThenBy(static commitment => commitment.Operator)],
            EraLeaves.Next(previous?.Rows ?? [], observed, weights, rules));
    }

    public OperatorWeights Weights() => new(Operators.Select(static entry => KeyValuePair.Create(entry.Operator, entry.Weight)));

    /// <exception cref="ArgumentException">There are no rows: such an era has no tree.</exception>
    public EraTree Tree()
    {
        var leaves = new EraLeaf[Rows.Length];
        for (var i = 0; i < leaves.Length; i++) leaves[i] = Rows[i].Leaf;
        return EraTree.Build(Era, leaves);
    }

    /// <summary>The vote that follows: for no root where there are no rows.</summary>
    public EraRoot Vote() => Rows.IsEmpty ? EraRoot.Nothing(Era) : Vote(Tree());

    public EraRoot Vote(EraTree tree)
    {
        var rewards = Money.Zero;
        foreach (var row in Rows) rewards += row.Leaf.Rewards;
        return new EraRoot(Era, tree.Root, (uint)tree.Count, rewards);
    }
}

/// <param name="Book">Keccak-256 of its book's bytes; zero where none was there in time.</param>
public readonly record struct EraOperator(Address Operator, ulong Weight, Hash256 Book);

/// <summary>An operator is bound to this hash of its secret of an era that is still to come.</summary>
public readonly record struct EraCommitment(ulong Era, Address Operator, Hash256 Hash);
