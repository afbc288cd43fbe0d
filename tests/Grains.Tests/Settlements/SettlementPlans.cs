using Grid.Protocol;
using Grid.Protocol.Settlement;
using Grid.Settlements;

namespace Grid.Tests.Grains.Settlements;

public sealed class SettlementPlans
{
    private const long Window = 100;
    private const long Posted = 10_000;

    private static readonly SettlementSchedule Schedule = new(TimeSpan.FromSeconds(1_000));
    private static readonly SettlementRoot Root = SettlementRoot.None with { Charged = new Money(5), Earned = new Money(5), Accounts = 1 };
    private static readonly RootStanding Nothing = new(0, false, default, 0, 0, default);
    private static readonly RootStanding Standing = new(1, true, Root.Commitment(), Posted, 0, default);
    private static readonly RootStanding Done = new(1, false, Root.Commitment(), Posted, 0, Root.Commitment());
    private static readonly SettlementLedgerState Idle = new();
    private static readonly SettlementLedgerState Collected = new() { LastBatch = 1, Open = new OpenSettlement(1, Root, 0) };

    [Fact]
    public void Nothing_is_due_before_anybody_has_deposited() =>
        Assert.IsType<SettlementStep.Wait>(Next(Idle, View(Nothing, Nothing, Posted + 99_999) with { LastPostedUnixSeconds = 0 }));

    [Theory]
    [InlineData(999, false, false)]
    [InlineData(1_000, false, true)]
    [InlineData(1, true, true)]
    public void A_batch_is_collected_when_its_time_has_come_or_a_payer_is_leaving(long elapsed, bool hasExits, bool isDue) =>
        Assert.Equal(isDue, Next(Idle, View(Nothing, Nothing, Posted + elapsed) with { HasExits = hasExits }) is SettlementStep.Collect);

    [Fact]
    public void A_collected_batch_is_posted_until_the_escrow_has_it() =>
        Assert.IsType<SettlementStep.Post>(Next(Collected, View(Nothing, Nothing, Posted)));

    [Fact]
    public void A_root_that_a_reorg_took_away_is_posted_again() =>
        Assert.IsType<SettlementStep.Post>(Next(Collected with { Challenged = Collected.Challenged.Add(0, 1) }, View(Nothing, Nothing, Posted + 50)));

    [Fact]
    public void An_open_root_is_defended_until_its_window_is_over() =>
        Assert.IsType<SettlementStep.Defend>(Next(Collected, View(Standing, Nothing, Posted + Window - 1)));

    [Fact]
    public void It_is_made_final_after_its_window() =>
        Assert.IsType<SettlementStep.FinalizeRoot>(Next(Collected, View(Standing, Standing, Posted + Window)));

    [Fact]
    public void It_is_not_made_final_while_a_challenge_is_open() =>
        Assert.IsType<SettlementStep.Defend>(Next(Collected, View(Standing with { OpenChallenges = 1 }, Standing, Posted + Window)));

    [Fact]
    public void It_counts_as_final_only_when_no_reorg_can_take_that_back()
    {
        Assert.IsType<SettlementStep.Wait>(Next(Collected, View(Done, Standing, Posted + Window)));
        Assert.IsType<SettlementStep.BecomeFinal>(Next(Collected, View(Done, Done, Posted + Window)));
    }

    [Fact]
    public void A_void_root_leaves_its_charges_to_the_next_one()
    {
        var ended = Standing with { IsOpen = false };

        Assert.IsType<SettlementStep.BecomeVoid>(Next(Collected, View(ended, ended, Posted + Window)));
    }

    [Fact]
    public void A_root_of_somebody_elses_making_is_an_alarm()
    {
        var foreign = Some.Digest("root", 1);

        Assert.IsType<SettlementStep.Alarm>(Next(Collected, View(Standing with { Pending = foreign }, Nothing, Posted)));
        Assert.IsType<SettlementStep.Alarm>(Next(Idle, View(Done with { Final = foreign }, Done with { Final = foreign }, Posted + 9_999)));
    }

    [Fact]
    public void An_abandoned_operator_posts_nothing()
    {
        Assert.IsType<SettlementStep.Wait>(Next(Collected, View(Nothing, Nothing, Posted + 99_999) with { IsAbandoned = true }));
        Assert.IsType<SettlementStep.Wait>(Next(Idle, View(Nothing, Nothing, Posted + 99_999) with { IsAbandoned = true }));
    }

    [Fact]
    public void An_operator_without_business_breaks_its_silence_in_time()
    {
        Assert.False(SettlementPlan.MustBreakSilence(View(Nothing, Nothing, Posted + 3_499)));
        Assert.True(SettlementPlan.MustBreakSilence(View(Nothing, Nothing, Posted + 3_500)));
    }

    [Fact]
    public void A_challenge_counts_for_the_posting_that_was_challenged()
    {
        var state = SettlementLedger.Challenged(SettlementLedger.Challenged(Collected, 2, 7), 1, 7);

        Assert.Equal(2UL, state.Challenged[7]);
        Assert.Same(state, SettlementLedger.Challenged(state, 2, 7));
    }

    private static SettlementStep Next(SettlementLedgerState state, EscrowView view) => SettlementPlan.Next(state, view, Schedule);

    private static EscrowView View(RootStanding head, RootStanding firm, long now) =>
        new(now, head, firm, Posted, false, Money.FromTokens(1), Money.Zero, false, Window, 7_000);
}
