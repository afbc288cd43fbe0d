using FsCheck.Fluent;
using Grid.Accounts;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Accounts;

public sealed class AccountRules
{
    [Fact]
    public void A_hold_that_grew_before_its_lease_opened_is_still_asked_for()
    {
        static MoneyHold Wants(long total, bool isOpen = false) =>
            new(Some.Lease(1), Some.Deployment(1), new Money(total), default, isOpen);
        var reserved = Account.Hold(Funded(1_000), Wants(500), Some.Now).State;

        var again = Account.Hold(reserved, Wants(600), Some.Now).State;
        var open = Account.Hold(again, Wants(700, isOpen: true), Some.Now).State;

        Assert.False(again.Holds[Some.Lease(1)].IsExtended);
        Assert.True(open.Holds[Some.Lease(1)].IsExtended);
    }

    [Fact]
    public void Any_sequence_of_calls_keeps_the_money_exactly()
    {
        var step =
            from act in Gen.Frequency(
                (2, Gen.Constant(MoneyAct.Deposit)), (3, Gen.Constant(MoneyAct.Authorize)), (1, Gen.Constant(MoneyAct.AuthorizeTooLittle)),
                (1, Gen.Constant(MoneyAct.AuthorizeOutOfTurn)), (8, Gen.Constant(MoneyAct.Hold)), (1, Gen.Constant(MoneyAct.Release)),
                (4, Gen.Constant(MoneyAct.Settle)), (1, Gen.Constant(MoneyAct.Credit)), (2, Gen.Constant(MoneyAct.Forget)), (1, Gen.Constant(MoneyAct.End)))
            from lease in Gen.Choose(0, 8)
            from deployment in Gen.Choose(0, 2)
            from amount in Gen.Choose(0, 10_000)
            select new MoneyStep(act, lease, deployment, amount);

        Properties.ForAllSequences(step, 120, steps =>
        {
            var model = new AccountModel();
            foreach (var one in steps) model.Do(one);
        });
    }

    [Fact]
    public void A_charge_beyond_the_hold_breaks_an_invariant_and_changes_nothing()
    {
        var state = Funded(1_000);
        var held = Account.Hold(state, new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(500), default), Some.Now).State;

        var broken = Assert.Throws<InvariantBrokenException>(() => Account.Settle(held, new LeaseCharge(Some.Lease(1), Some.Deployment(1), new Money(501), 0)));

        Assert.Equal("INV-MONEY-02", broken.Id);
    }

    [Fact]
    public void A_deposit_that_shrinks_below_what_is_promised_breaks_an_invariant()
    {
        var held = Account.Hold(Funded(1_000), new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(800), default), Some.Now).State;

        Assert.Equal("INV-MONEY-01", Assert.Throws<InvariantBrokenException>(() => Account.Deposit(held, new Money(799))).Id);
    }

    [Fact]
    public void What_one_payer_pays_is_what_providers_earn_and_what_is_burned()
    {
        var payer = Account.Hold(Funded(1_000_000), new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(900_000), default), Some.Now).State;
        var settled = Account.Settle(payer, new LeaseCharge(Some.Lease(1), Some.Deployment(1), new Money(123_457), 10_000));
        var provider = Account.Credit(new AccountState(), Some.Lease(1), settled.Result.Paid).State;

        Assert.Equal(1_000_000, settled.State.Available.MicroUnits + provider.Available.MicroUnits + settled.State.Burned.MicroUnits);
        Assert.Equal((1_234, 122_223), (settled.State.Burned.MicroUnits, provider.Earned.MicroUnits));
    }

    [Fact]
    public void A_deployment_that_ends_before_its_last_lease_settles_leaves_nothing_promised()
    {
        var held = Account.Hold(Funded(1_000), new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(500), default), Some.Now).State;

        var ending = Account.EndAuthorization(held, Some.Deployment(1)).State;
        var late = Account.Hold(ending, new MoneyHold(Some.Lease(2), Some.Deployment(1), new Money(1), default), Some.Now);
        var settled = Account.Settle(ending, new LeaseCharge(Some.Lease(1), Some.Deployment(1), new Money(400), 0)).State;

        Assert.Contains("no live authorization", late.Result.Refusal, StringComparison.Ordinal);
        Assert.Equal((600, 0, 0), (settled.Available.MicroUnits, settled.Held.MicroUnits, settled.AuthorizedOpen.MicroUnits));
        Assert.Empty(settled.Authorizations);
        Assert.Equal([Some.Deployment(1)], settled.Ended);
    }

    [Fact]
    public void Only_the_latest_ended_deployments_are_listed()
    {
        var account = new AccountState();
        for (var i = 1; i <= 300; i++)
        {
            var digest = Some.Digest("many", i);
            account = Account.Authorize(account, Authorization(sequence: (ulong)i, maxTotal: 1, cumulativeMax: 1), digest).State;
            account = Account.EndAuthorization(account, new DeploymentId(digest)).State;
        }

        Assert.Equal(256, account.Ended.Length);
        Assert.Equal(new DeploymentId(Some.Digest("many", 300)), account.Ended[^1]);
    }

    [Fact]
    public void A_late_repeat_of_an_ended_deployments_authorization_has_no_second_effect()
    {
        var first = Authorization(sequence: 1, maxTotal: 100, cumulativeMax: 100);
        var ended = Account.EndAuthorization(Account.Authorize(new AccountState(), first, Some.Digest("a", 1)).State, new DeploymentId(Some.Digest("a", 1))).State;
        var second = Account.Authorize(ended, Authorization(sequence: 2, maxTotal: 50, cumulativeMax: 50), Some.Digest("a", 2)).State;

        var repeat = Account.Authorize(second, first, Some.Digest("a", 1));

        Assert.False(repeat.HasChanged);
        Assert.Contains("sequence is 1, expected 3", repeat.Result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_maximum_never_falls_below_what_is_charged_and_held()
    {
        var id = new DeploymentId(Some.Digest("a", 1));
        var state = Account.Deposit(new AccountState(), new Money(1_000)).State;
        state = Account.Authorize(state, Authorization(1, 500, 500), Some.Digest("a", 1)).State;
        state = Account.Hold(state, new MoneyHold(Some.Lease(1), id, new Money(400), default), Some.Now).State;

        var lowered = Account.Authorize(state, Authorization(2, 399, 1_000) with { Deployment = id.Value }, Some.Digest("a", 2));

        Assert.Contains("maxTotal is 0.000399, but 0.000400", lowered.Result.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(199, 1)]
    [InlineData(long.MaxValue, long.MaxValue / 100)]
    public void The_fee_is_rounded_down(long charge, long burned) => Assert.Equal(burned, Fee.RoundedDown(new Money(charge), 10_000).MicroUnits);

    private static AccountState Funded(long microUnits)
    {
        var funded = Account.Deposit(new AccountState(), new Money(microUnits)).State;
        return funded with { Authorizations = funded.Authorizations.Add(Some.Deployment(1), new LiveAuthorization(default, new Money(microUnits), default)) };
    }

    private static Authorization Authorization(ulong sequence, long maxTotal, long cumulativeMax) =>
        new(default, default, default, default, sequence, default, default, default, new Money(maxTotal), new Money(cumulativeMax), 0, default);
}
