using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Catalogue;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;

namespace Grid.Tests.Client.Eras;

/// <summary>An operator may publish what it likes: only what follows from signed books and has a quorum's votes is sound.</summary>
public sealed class Verifications : IDisposable
{
    private static readonly EraOverview s_overview = new(5, 5, 4, 0, 64, 1, new RatePerHour(1_000_000), []);
    private static readonly EraRules s_rules = new(new EraSchedule(0, 64, 1), s_overview.RewardBase, TrustTierTable.Standard);
    private readonly PrivateKey[] _keys = [.. Enumerable.Range(0, 3).Select(static _ => PrivateKey.Generate()).OrderBy(static key => key.Address)];
    private readonly ProviderId _provider = new(PrivateKey.Generate().Address);
    private readonly (Hash256 Content, ObservationBook Book)[] _books;
    private readonly EraRecord _record;

    public Verifications()
    {
        _books = [.. _keys.Select(key => Published(new ObservationBook(4, key.Address, ulong.MaxValue, default, default, [Observed]))).OrderBy(static book => book.Book.Operator)];
        _record = EraRecord.Of(4, null, default, _books, new OperatorWeights(_keys.Select(static key => KeyValuePair.Create(key.Address, 1UL))), s_rules);
    }

    private ProviderObservation Observed => new(_provider, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0, 0, 0, 64_000, 1_000);

    [Fact]
    public void An_era_that_follows_from_its_books_and_has_a_quorum_is_sound() => Assert.All(Checks(_record, signers: 3), static check => Assert.True(check.Holds, check.Detail));

    [Fact]
    public void Two_of_three_are_no_quorum() => Assert.False(Checks(_record, signers: 2).Single(static check => check.Name == "signatures").Holds);

    [Fact]
    public void Rows_that_do_not_follow_from_the_books_are_found_though_everybody_signed_them()
    {
        var row = _record.Rows[0];
        var forged = _record with { Rows = [row with { Leaf = row.Leaf with { Rewards = Money.FromTokens(1_000) } }] };

        var checks = Checks(forged, signers: 3);

        Assert.True(checks.Single(static check => check.Name == "signatures").Holds);
        Assert.False(checks.Single(static check => check.Name == "leaves").Holds);
    }

    [Fact]
    public void A_root_that_is_not_the_tree_of_the_record_is_found()
    {
        var row = _record.Rows[0];
        var published = _record with { Rows = [row with { Leaf = row.Leaf with { UptimePpm = 1 } }] };

        Assert.False(Checks(published, Status(_record, 3), _books).Single(static check => check.Name == "tree").Holds);
    }

    [Fact]
    public void Where_a_book_is_gone_the_leaves_are_neither_sound_nor_false() =>
        Assert.Null(Checks(_record, Status(_record, 3), _books[..2]).Single(static check => check.Name == "leaves").Holds);

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }

    private static (Hash256 Content, ObservationBook Book) Published(ObservationBook book) => (Keccak256.Hash(ObservationBookCodec.Encode(book)), book);

    private static IReadOnlyList<EraCheck> Checks(EraRecord record, EraStatus status, IReadOnlyList<(Hash256 Content, ObservationBook Book)> books) =>
        EraVerification.Checks(status, s_overview, record, record.Tree(), books, null, GridDomain.Local);

    private IReadOnlyList<EraCheck> Checks(EraRecord record, int signers) => Checks(record, Status(record, signers), _books);

    private EraStatus Status(EraRecord record, int signers)
    {
        var vote = record.Vote(record.Tree());
        ImmutableArray<Signed<EraRoot>> votes = [.. _keys.Take(signers).Select(key => vote.Sign(key, GridDomain.Local))];
        return new EraStatus(4, "final", Keccak256.Hash(EraRecordCodec.Encode(record)), vote, [], [], votes, [], null, null);
    }
}
