using System.Buffers.Binary;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Bench.Eras;

/// <summary>An era that several operators have observed, ready to be closed.</summary>
internal sealed class BenchEra : IDisposable
{
    private readonly ulong _era;
    private readonly PrivateKey[] _keys;
    private readonly ObservationBook[] _books;
    private readonly byte[][] _published;
    private readonly OperatorWeights _weights;
    private readonly EraRules _rules = new(new EraSchedule(0, 86_400, 10), new RatePerHour(1_000_000), TrustTierTable.Standard);

    public BenchEra(ulong era, int providers, int operators)
    {
        _era = era;
        _keys = [.. Enumerable.Range(0, operators).Select(static _ => PrivateKey.Generate()).OrderBy(static key => key.Address)];
        _weights = new OperatorWeights(_keys.Select(static key => KeyValuePair.Create(key.Address, 1UL)));
        _books = [.. _keys.Select((key, i) => new ObservationBook(era, key.Address, ulong.MaxValue, default, default, [.. Enumerable.Range(0, providers).Select(p => Observed(p, i))]))];
        _published = [.. _books.Select(ObservationBookCodec.Encode)];
    }

    public static EraLeaf[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(static i => new EraLeaf(Provider(i), 987_654, 4, (ulong)i, new Money(i * 1_000L)))];

    public void Commit()
    {
        var own = ObservationBookCodec.Encode(_books[0]);
        new ObservationsPublished(_era, _keys[0].Address, Keccak256.Hash(own)).Sign(_keys[0], GridDomain.Local);
        var vote = Vote(0);
        if (Vote(1).Value != vote.Value) throw new InvalidOperationException("Two operators computed different roots from the same books.");

        var signatures = _keys.Select(key => vote.Value.Sign(key, GridDomain.Local)).ToArray();
        if (!_weights.IsQuorum(signatures.Select(static signed => signed.Recover(GridDomain.Local)!.Value))) throw new InvalidOperationException("The signatures are no quorum.");
    }

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }

    private Signed<EraRoot> Vote(int operatorIndex)
    {
        var books = new ObservationBook[_published.Length];
        Parallel.For(0, books.Length, i =>
        {
            Keccak256.Hash(_published[i]);
            if (!ObservationBookCodec.TryDecode(_published[i], out books[i]!, out var error)) throw new InvalidOperationException(error);
        });
        var rows = EraLeaves.Next([], books, _weights, _rules);
        if (EraAgreement.Objection(rows, _books[operatorIndex], _rules.Schedule) is { } objection) throw new InvalidOperationException(objection);
        var leaves = new EraLeaf[rows.Length];
        var rewards = Money.Zero;
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = rows[i].Leaf;
            rewards += leaves[i].Rewards;
        }

        var tree = EraTree.Build(_era, leaves);
        return new EraRoot(_era, tree.Root, (uint)tree.Count, rewards).Sign(_keys[operatorIndex], GridDomain.Local);
    }

    /// <summary>Honest operators differ by a slot now and then.</summary>
    private static ProviderObservation Observed(int provider, int operatorIndex)
    {
        var heard = ulong.MaxValue << (provider % 3) & ~(provider % 7 == operatorIndex ? 1UL << 60 : 0);
        return new ProviderObservation(Provider(provider), ulong.MaxValue, heard, heard, 0, 4, 4, (ulong)provider, 1_000);
    }

    private static ProviderId Provider(int number)
    {
        Span<byte> bytes = stackalloc byte[Address.SizeBytes];
        bytes.Clear();
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new ProviderId(new Address(bytes));
    }
}
