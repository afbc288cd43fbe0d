using System.Collections.Immutable;
using Grid.Chain.Crypto;

namespace Grid.Protocol.Eras;

/// <summary>The era's common chance: each is the hash of the one before and of secrets that operators had committed to an era before anybody could know them.</summary>
public static class EraBeacon
{
    /// <summary>A book carries the commitment to the secret of so many eras later: known to all before that era begins.</summary>
    public const ulong ErasAhead = 2;

    /// <summary>Before any era.</summary>
    public static Hash256 First { get; } = Keccak256.Hash("grid.era.beacon.v1"u8);

    /// <param name="reveals">Only those that open their commitments, ascending by operator.</param>
    public static Hash256 Next(Hash256 beacon, IReadOnlyList<Hash256> reveals)
    {
        var bytes = new CanonicalBytes().Text("grid.era.beacon.v1").Word(beacon).Int32(reveals.Count);
        foreach (var reveal in reveals) bytes.Word(reveal);
        return Keccak256.Hash(bytes.Written);
    }

    /// <summary>An operator's secret of an era: revealed when the era is over.</summary>
    public static Hash256 SecretOf(Hash256 masterSecret, ulong era) =>
        Keccak256.Hash(new CanonicalBytes().Text("grid.era.secret.v1").Word(masterSecret).Int64((long)era).Written);

    public static Hash256 CommitmentTo(Hash256 secret) => Keccak256.Hash(new CanonicalBytes().Text("grid.era.commitment.v1").Word(secret).Written);

    /// <summary>The reveals of these books that open what the same operators had committed to.</summary>
    /// <param name="commitments">Of earlier eras, by operator.</param>
    public static ImmutableArray<Hash256> Opened(IEnumerable<ObservationBook> books, IReadOnlyDictionary<Address, Hash256> commitments) =>
        [.. books.OrderBy(static book => book.Operator)
            .Where(book => commitments.TryGetValue(book.Operator, out var commitment) && CommitmentTo(book.Reveal) == commitment)
            .Select(static book => book.Reveal)];
}
