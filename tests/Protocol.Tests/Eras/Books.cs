using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;

namespace Grid.Tests.Protocol.Eras;

public sealed class Books
{
    [Fact]
    public void A_book_survives_its_bytes()
    {
        var book = new ObservationBook(9, SomeEras.Operator(3), 0xf0f0, Keccak256.Hash("reveal"u8), Keccak256.Hash("commitment"u8),
        [
            new ProviderObservation(SomeLeaves.Provider(1), 1, 2, 3, 4, 5, 6, 7, 8),
            new ProviderObservation(SomeLeaves.Provider(2), ulong.MaxValue, ulong.MaxValue - 1, 9, 10, ushort.MaxValue, 11, ulong.MaxValue, uint.MaxValue),
        ]);

        Assert.True(ObservationBookCodec.TryDecode(ObservationBookCodec.Encode(book), out var read, out _));
        Assert.Equal(book with { Providers = default }, read with { Providers = default });
        Assert.Equal(book.Providers.AsEnumerable(), read.Providers);
    }

    [Fact]
    public void A_record_survives_its_bytes()
    {
        var record = new EraRecord(
            12,
            Keccak256.Hash("before"u8),
            Keccak256.Hash("beacon"u8),
            [new EraOperator(SomeEras.Operator(1), 5, Keccak256.Hash("book"u8)), new EraOperator(SomeEras.Operator(2), ulong.MaxValue, default)],
            [new EraCommitment(14, SomeEras.Operator(1), Keccak256.Hash("commitment"u8))],
            [new(new EraLeaf(SomeLeaves.Provider(1), 999_999, 6, ulong.MaxValue, new Money(long.MaxValue)), new TrustStanding(6, 4, 3, 2), true, 31)]);

        Assert.True(EraRecordCodec.TryDecode(EraRecordCodec.Encode(record), out var read, out _));
        Assert.Equal(record with { Operators = default, Commitments = default, Rows = default }, read with { Operators = default, Commitments = default, Rows = default });
        Assert.Equal(record.Operators.AsEnumerable(), read.Operators);
        Assert.Equal(record.Commitments.AsEnumerable(), read.Commitments);
        Assert.Equal(record.Rows.AsEnumerable(), read.Rows);
    }

    [Fact]
    public void Secrets_that_were_committed_two_eras_before_move_the_beacon()
    {
        var weights = SomeEras.Weights(1, 1, 1);
        var master = Enumerable.Range(0, 3).Select(static i => Keccak256.Hash([(byte)i])).ToArray();
        EraRecord? record = null;
        var beacons = new List<Hash256>();
        for (var era = 0UL; era < 4; era++)
        {
            var books = Enumerable.Range(0, 3).Select(i => (default(Hash256), SomeEras.Book(i, SomeEras.Heard(100, 64)) with
            {
                Era = era,
                Reveal = EraBeacon.SecretOf(master[i], era),
                Commitment = EraBeacon.CommitmentTo(EraBeacon.SecretOf(master[i], era + EraBeacon.ErasAhead)),
            })).ToArray();
            record = EraRecord.Of(era, record, default, books, weights, SomeEras.Rules);
            beacons.Add(record.Beacon);
        }

        var bare = EraBeacon.Next(EraBeacon.Next(EraBeacon.First, []), []);
        Assert.Equal(bare, beacons[1]);
        Assert.Equal(EraBeacon.Next(bare, [.. master.Select(static secret => EraBeacon.SecretOf(secret, 2))]), beacons[2]);
        Assert.Equal(6, record!.Commitments.Length);
    }

    [Fact]
    public void Bytes_that_are_no_book_are_refused_and_never_throw() => Prop.ForAll<byte[]>(bytes =>
        !ObservationBookCodec.TryDecode(bytes, out _, out var error) && error.Length > 0
        && !EraRecordCodec.TryDecode(bytes, out _, out var other) && other.Length > 0).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cut_an_overlong_and_an_unsorted_book_are_refused()
    {
        var bytes = ObservationBookCodec.Encode(SomeEras.Book(0, SomeEras.Heard(1, 3), SomeEras.Heard(2, 3)));
        var unsorted = ObservationBookCodec.Encode(SomeEras.Book(0) with { Providers = [SomeEras.Heard(2, 3), SomeEras.Heard(1, 3)] });

        Assert.False(ObservationBookCodec.TryDecode(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
        Assert.False(ObservationBookCodec.TryDecode([.. bytes, .. new byte[68]], out _, out _));
        Assert.False(ObservationBookCodec.TryDecode(unsorted, out _, out var error));
        Assert.Contains("ascend", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_agrees_with_leaves_near_what_it_saw_and_objects_to_others()
    {
        var weights = SomeEras.Weights(1, 1, 1);
        ObservationBook[] books = [.. Enumerable.Range(0, 3).Select(static i => SomeEras.Book(i, [.. Enumerable.Range(1, 10).Select(static p => SomeEras.Heard(p, 60))]))];
        var rows = EraLeaves.Next([], books, weights, SomeEras.Rules);
        var elsewhere = SomeEras.Book(0, [.. Enumerable.Range(1, 10).Select(static p => SomeEras.Heard(p, p <= 2 ? 10 : 60))]);
        var oneOff = SomeEras.Book(0, [.. Enumerable.Range(1, 10).Select(static p => SomeEras.Heard(p, p == 1 ? 10 : 61))]);

        Assert.Null(EraAgreement.Objection(rows, books[0], SomeEras.Schedule));
        Assert.Null(EraAgreement.Objection(rows, oneOff, SomeEras.Schedule));
        Assert.Contains("2 of 10", EraAgreement.Objection(rows, elsewhere, SomeEras.Schedule), StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_saw_only_a_part_of_the_era_objects_to_nothing()
    {
        var weights = SomeEras.Weights(1, 1, 1);
        ObservationBook[] books = [.. Enumerable.Range(0, 3).Select(static i => SomeEras.Book(i, [.. Enumerable.Range(1, 10).Select(static p => SomeEras.Heard(p, 60))]))];
        var rows = EraLeaves.Next([], books, weights, SomeEras.Rules);
        var elsewhere = SomeEras.Book(0, [.. Enumerable.Range(1, 10).Select(static p => SomeEras.Heard(p, 10))]);

        Assert.NotNull(EraAgreement.Objection(rows, elsewhere, SomeEras.Schedule));
        Assert.Null(EraAgreement.Objection(rows, elsewhere with { Up = (1UL << 57) - 1 }, SomeEras.Schedule));
    }

    [Fact]
    public void The_beacon_takes_only_secrets_that_were_committed_to()
    {
        var secret = EraBeacon.SecretOf(Keccak256.Hash("master"u8), 4);
        var honest = SomeEras.Book(1) with { Reveal = secret };
        var cheat = SomeEras.Book(2) with { Reveal = Keccak256.Hash("chosen late"u8) };
        var commitments = ImmutableSortedDictionary<Address, Hash256>.Empty
            .Add(SomeEras.Operator(1), EraBeacon.CommitmentTo(secret))
            .Add(SomeEras.Operator(2), EraBeacon.CommitmentTo(Keccak256.Hash("another"u8)));

        Assert.Equal([secret], EraBeacon.Opened([cheat, honest], commitments));
        Assert.NotEqual(EraBeacon.Next(EraBeacon.First, []), EraBeacon.Next(EraBeacon.First, [secret]));
    }

    [Fact]
    public void Slots_cover_an_era_without_gap_or_overlap() => Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (eraSeconds, tick) =>
    {
        var schedule = new EraSchedule(1_000, Math.Max(eraSeconds, tick), tick);
        var from = schedule.StartOf(3);
        for (var slot = 0; slot < schedule.Slots; slot++)
        {
            var (start, end) = schedule.SecondsOf(3, slot, slot);
            if (start != from || end <= start || schedule.SlotAt(start) != slot || schedule.SlotAt(end - 1) != slot || schedule.EraAt(start) != 3) return false;
            from = end;
        }

        return from == schedule.EndOf(3) && schedule.Slots <= EraSchedule.MaxSlots;
    }).QuickCheckThrowOnFailure();
}
