using FsCheck;
using FsCheck.Fluent;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Slashing;
using Grid.Slashing;

namespace Grid.Tests.Grains.Slashing;

public sealed class CaseRules
{
    private const long Open = 1_000_000;

    private static readonly SlashingTerms Terms = new(3600);

    private static readonly FaultClaim Claim = SampleClaim.Make(Open, Open + 110, Open + 120, counted: 100);

    private static readonly OperatorWeights Three = new([.. Enumerable.Range(1, 3).Select(i => KeyValuePair.Create(Some.Provider(i).Value, 1UL))]);

    [Fact]
    public void A_case_waits_for_a_quorum_and_then_goes_to_the_court()
    {
        var state = Slashings.Report(new SlashingState(), Claim, Some.Provider(1).Value, Some.Signature(1));
        state = Slashings.Vote(state, Claim.Fault.StructHash(), Some.Provider(2).Value, Some.Signature(2)).State;
        Assert.Equal(CaseState.Gathering, Assert.Single(Slashings.Count(state, Three, Terms, Open + 130).Cases).State);

        state = Slashings.Vote(state, Claim.Fault.StructHash(), Some.Provider(3).Value, Some.Signature(3)).State;
        Assert.Equal(CaseState.Submitted, Assert.Single(Slashings.Count(state, Three, Terms, Open + 130).Cases).State);
    }

    [Fact]
    public void A_case_that_nobody_signs_in_time_is_dropped()
    {
        var state = Slashings.Report(new SlashingState(), Claim, Some.Provider(1).Value, Some.Signature(1));

        Assert.Equal(CaseState.Gathering, Slashings.Count(state, Three, Terms, Claim.Fault.ToUnixSeconds + Terms.ReportSeconds).Cases[0].State);
        Assert.Equal(CaseState.Dropped, Slashings.Count(state, Three, Terms, Claim.Fault.ToUnixSeconds + Terms.ReportSeconds + 1).Cases[0].State);
    }

    [Fact]
    public void What_the_chain_says_twice_or_late_changes_nothing()
    {
        CaseNews[] appealed = [News(CaseState.Proposed), News(CaseState.Dismissed)];
        CaseNews[] executed = [News(CaseState.Proposed), News(CaseState.Upheld), News(CaseState.Executed)];
        foreach (var news in new[] { appealed, executed })
        {
            // Any of them again, behind its own place in the order.
            Prop.ForAll(Gen.Choose(0, news.Length - 1).ListOf().ToArbitrary(), repeats =>
            {
                var state = news.Aggregate(new SlashingState(), static (state, one) => Slashings.Learn(state, one).State);
                var again = repeats.Aggregate(state, (current, i) => Slashings.Learn(current, news[i]).State);
                Assert.Same(state, again);
                Assert.Equal(news[^1].State, Assert.Single(again.Cases).State);
            }).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void A_case_that_was_given_up_here_and_came_to_the_court_all_the_same_is_followed()
    {
        var state = Slashings.Report(new SlashingState(), Claim, Some.Provider(1).Value, Some.Signature(1));
        state = Slashings.Count(state, Three, Terms, Open + 10_000);

        state = Slashings.Learn(state, News(CaseState.Proposed) with { Id = Claim.Fault.StructHash() }).State;

        Assert.Equal((CaseState.Proposed, Claim), (state.Cases[0].State, state.Cases[0].Claim));
    }

    [Fact]
    public void An_open_case_is_never_forgotten_and_of_closed_ones_the_latest_are_kept()
    {
        var state = Slashings.Learn(new SlashingState(), News(CaseState.Proposed)).State;
        for (var i = 2; i < 200; i++) state = Slashings.Learn(state, News(CaseState.Executed) with { Id = Some.Digest("case", i) }).State;

        Assert.Equal((65, Some.Digest("case", 1)), (state.Cases.Length, state.Cases[0].Id));
        Assert.Equal(Some.Digest("case", 199), state.Cases[^1].Id);
    }

    [Fact]
    public void The_reporter_executes_first_and_the_others_where_it_does_not()
    {
        var mine = new SlashCase { State = CaseState.Proposed, Claim = Claim, DecidedAtUnixSeconds = 100 };
        var theirs = mine with { Claim = null };

        Assert.Equal([false, true], new[] { 99L, 100 }.Select(now => Slashings.IsDue(mine, now, 10)));
        Assert.Equal([false, true], new[] { 109L, 110 }.Select(now => Slashings.IsDue(theirs, now, 10)));
        Assert.False(Slashings.IsDue(mine with { State = CaseState.Dismissed }, 1000, 10));
    }

    [Fact]
    public void Whatever_is_signed_of_a_lease_never_overlaps_and_stays_within_the_report_window() => Prop.ForAll(
        (from start in Gen.Choose(0, 500) from length in Gen.Choose(1, 99) from later in Gen.Choose(0, 400) select (start, length, later)).ListOf().ToArbitrary(), asked =>
        {
            var (state, now, signed) = (new SlashingState(), Open + 100, new List<(long From, long To)>());
            foreach (var (start, length, later) in asked)
            {
                now += later;
                var fault = SampleClaim.Make(Open, Open + start, Open + start + length, 100).Fault;
                if (fault.FromUnixSeconds < Slashings.MarkOf(state, fault.Lease).UntilUnixSeconds || Slashings.SigningRefusal(state, fault, Terms, now) is not null) continue;
                state = Slashings.Sign(state, fault, Terms, now);
                Assert.True(fault.ToUnixSeconds <= now && fault.ToUnixSeconds >= now - Terms.ReportSeconds, $"{fault} at {now}");
                Assert.DoesNotContain(signed, one => one.To > fault.FromUnixSeconds);
                signed.Add((fault.FromUnixSeconds, fault.ToUnixSeconds));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static CaseNews News(CaseState state) => new(
        Some.Digest("case", 1), state, Some.Lease(1), new Money(10), 77, new Money(1000), state == CaseState.Executed ? new SlashShares(new Money(6), new Money(1), new Money(3)) : default);
}
