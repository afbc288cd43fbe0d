using FsCheck;
using FsCheck.Fluent;
using Grid.Leases;
using Grid.Protocol;

namespace Grid.Tests.Grains.Leases;

public sealed class MeteringRules
{
    private const long TickSeconds = 10;

    private static readonly Gen<LeaseTerms> AnyTerms =
        from rate in Gen.Elements<long>(0, 1, 7, 3_600, 999_999, 1_000_000, 50_000_000_000)
        from duration in Gen.Elements<long>(0, 1, 30, 3_600, 86_400)
        from runAhead in Gen.Elements<long>(0, 1, 30, 3_600, 86_400)
        select SampleLease.Terms(duration, runAhead, new RatePerHour(rate));

    [Fact]
    public void What_is_paid_is_never_more_than_what_is_held() => Check(
        from terms in AnyTerms
        from held in Gen.Choose(0, int.MaxValue)
        from target in Gen.Choose(0, 10_000_000)
        select (terms, held, target),
        sample =>
        {
            var seconds = Metering.Covered(sample.terms, new Money(sample.held), sample.target);
            Assert.InRange(seconds, 0, sample.target);
            Assert.True(sample.terms.Rate.ChargeRoundedDown(seconds) <= new Money(sample.held));
            Assert.True(sample.terms.DurationSeconds == 0 || seconds <= sample.terms.DurationSeconds);
        });

    [Fact]
    public void Holding_what_is_asked_for_pays_up_to_the_target() => Check(
        from terms in AnyTerms
        from lived in Gen.Choose(0, 1_000_000)
        select (terms, lived),
        sample =>
        {
            var target = Metering.TargetSeconds(sample.terms, sample.lived, TickSeconds);
            Assert.Equal(target, Metering.Covered(sample.terms, sample.terms.Rate.ChargeRoundedDown(target), target));
            Assert.False(Metering.NeedsExtension(sample.terms, sample.lived, target));
        });

    [Fact]
    public void A_lease_that_is_extended_tick_by_tick_is_always_paid_its_run_ahead() => Check(
        from terms in AnyTerms
        from ticks in Gen.Choose(1, 200)
        select (terms, ticks),
        sample =>
        {
            var terms = sample.terms with { DurationSeconds = 0 };
            long paid = 0;
            for (long lived = 0; lived <= sample.ticks * TickSeconds; lived += TickSeconds)
            {
                if (Metering.NeedsExtension(terms, lived, paid))
                {
                    var target = Metering.TargetSeconds(terms, lived, TickSeconds);
                    var next = Metering.Covered(terms, terms.Rate.ChargeRoundedDown(target), target);
                    Assert.True(next >= paid, $"paid through {next} after {paid}");
                    paid = next;
                }

                Assert.True(paid >= lived + terms.RunAheadSeconds);
            }
        });

    [Fact]
    public void A_lease_that_costs_nothing_is_not_paid_for_ever()
    {
        var terms = SampleLease.Terms(rate: RatePerHour.Zero);

        Assert.Equal(4500, Metering.Covered(terms, Money.Zero, Metering.TargetSeconds(terms, 0, TickSeconds)));
    }

    private static void Check<T>(Gen<T> samples, Action<T> holds) => Prop.ForAll(samples.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
