using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Tests.Protocol.Eras;

namespace Grid.Tests.Protocol.Slashing;

public sealed class CoSigning
{
    private const int Operators = 5;
    private const long Provider = 100;

    private static readonly PrivateKey[] Keys = [.. Enumerable.Range(0, Operators).Select(i => SomeLease.Key((byte)(100 + i)))];

    private static readonly Gen<ulong> Masks = Gen.OneOf(Gen.Constant(0UL), Gen.Constant(ulong.MaxValue), Gen.Choose(0, 63).Select(slot => ~(1UL << slot)), ArbMap.Default.GeneratorFor<ulong>());

    private static readonly Gen<(ulong Up, ulong Touched, ulong Weight)> Views =
        from up in Masks from touched in Masks from weight in Gen.Choose(0, 5) select (up, touched, (ulong)weight);

    private static readonly Gen<(int First, int Last)> Intervals =
        from first in Gen.Choose(0, 63) from last in Gen.Choose(first, 63) select (first, last);

    [Fact]
    public void An_honest_operator_signs_exactly_the_silence_that_it_publishes() => Prop.ForAll(Views.ToArbitrary(), Intervals.ToArbitrary(), (view, interval) =>
    {
        var book = Book(0, view);
        var dark = DownIntervals.DarkMask(SomeLeaves.Provider(Provider), [book], new OperatorWeights([KeyValuePair.Create(book.Operator, 1UL)]), SomeEras.Schedule.Slots);
        var isDark = Enumerable.Range(interval.First, interval.Last - interval.First + 1).All(slot => (dark >> slot & 1) == 1);

        Assert.Equal(isDark, FaultSilence.Objection(FaultOf(interval), book, SomeEras.Schedule) is null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Liars_without_a_quorum_of_weight_never_slash_a_provider_that_the_honest_have_heard() => Prop.ForAll(
        Views.ArrayOf(Operators).ToArbitrary(), Intervals.ToArbitrary(), Gen.Choose(0, (1 << Operators) - 1).ToArbitrary(), (views, interval, liars) =>
        {
            var weights = WeightsOf(views);
            if (weights is null) return;
            var lying = Enumerable.Range(0, Operators).Where(i => (liars >> i & 1) == 1).ToArray();
            if (weights.IsQuorum(lying.Select(i => Keys[i].Address))) return;
            var fault = FaultOf(interval);

            // The provider is honest: every honest operator has heard it, or was away itself.
            var honest = Enumerable.Range(0, Operators).Except(lying).Select(i => (Number: i, Book: Book(i, views[i] with { Touched = ulong.MaxValue })));
            var signers = lying.Concat(honest.Where(one => FaultSilence.Objection(fault, one.Book, SomeEras.Schedule) is null).Select(one => one.Number));
            // Copies, signatures of strangers and under other faults come with it.
            var signatures = signers.SelectMany(i => new[] { Sign(fault, Keys[i]), Sign(fault, Keys[i]), Sign(fault with { Paid = new Money(1) }, Keys[(i + 1) % Operators]) });

            Assert.False(FaultVotes.IsQuorum(fault, signatures.Append(Sign(fault, SomeLease.TenantKey)), weights, SomeLease.Domain));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Operators_that_were_away_themselves_slash_nobody_however_many_they_are() => Prop.ForAll(
        Views.ArrayOf(Operators).ToArbitrary(), Intervals.ToArbitrary(), (views, interval) =>
        {
            var fault = FaultOf(interval);
            var away = views.Select((view, i) => Book(i, view with { Up = view.Up & ~(1UL << interval.Last), Touched = 0 }));

            Assert.All(away, book => Assert.NotNull(FaultSilence.Objection(fault, book, SomeEras.Schedule)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_quorum_that_saw_the_silence_is_enough()
    {
        var weights = new OperatorWeights(Keys.Take(3).Select(key => KeyValuePair.Create(key.Address, 1UL)));
        var fault = FaultOf((3, 5));

        Assert.True(FaultVotes.IsQuorum(fault, Keys.Take(3).Select(key => Sign(fault, key)), weights, SomeLease.Domain));
        Assert.False(FaultVotes.IsQuorum(fault, Keys.Take(2).Select(key => Sign(fault, key)), weights, SomeLease.Domain));
    }

    [Fact]
    public void An_interval_over_the_end_of_an_era_is_nobodys_to_sign()
    {
        var fault = FaultOf((0, 63));

        Assert.NotNull(FaultSilence.Objection(fault with { ToUnixSeconds = fault.ToUnixSeconds + 1 }, Book(0, (ulong.MaxValue, 0, 1)), SomeEras.Schedule));
        Assert.NotNull(FaultSilence.Objection(fault with { FromUnixSeconds = fault.FromUnixSeconds - 1 }, Book(0, (ulong.MaxValue, 0, 1)), SomeEras.Schedule));
        Assert.Null(FaultSilence.Objection(fault, Book(0, (ulong.MaxValue, 0, 1)), SomeEras.Schedule));
    }

    private static Fault FaultOf((int First, int Last) interval)
    {
        var (from, to) = SomeEras.Schedule.SecondsOf(5, interval.First, interval.Last);
        return new Fault(FaultKind.Downtime, SomeLeaves.Provider(Provider), SomeLease.Lease, SomeLease.TenantKey.Address, from, to, Money.Zero, Keys[0].Address);
    }

    private static ObservationBook Book(int number, (ulong Up, ulong Touched, ulong Weight) view) => new(
        5,
        Keys[number].Address,
        view.Up,
        Hash256.Zero,
        Hash256.Zero,
        [new ProviderObservation(SomeLeaves.Provider(Provider), ulong.MaxValue, view.Touched, view.Touched, 0, 0, 0, 0, 0)]);

    private static OperatorWeights? WeightsOf((ulong Up, ulong Touched, ulong Weight)[] views) => views.All(view => view.Weight == 0)
        ? null
        : new OperatorWeights(views.Select((view, i) => KeyValuePair.Create(Keys[i].Address, view.Weight)));

    private static Signature Sign(Fault fault, PrivateKey key) => fault.Sign(key, SomeLease.Domain).Signature;
}
