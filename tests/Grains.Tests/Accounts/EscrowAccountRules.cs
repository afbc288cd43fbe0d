using Grid.Accounts;
using Grid.Protocol;

namespace Grid.Tests.Grains.Accounts;

public sealed class EscrowAccountRules
{
    private const long Expiry = 1_000;

    [Fact]
    public void An_exit_that_took_what_leases_still_charge_leaves_nothing_available_and_breaks_nothing()
    {
        var spent = Account.Settle(Held(800), new LeaseCharge(Some.Lease(1), Some.Deployment(1), new Money(700), 0)).State;

        var left = EscrowAccount.Mirror(spent, Balance(300)).State;

        Assert.Equal((700, 0), (left.Deposited.MicroUnits, left.Available.MicroUnits));
        Assert.Equal(500, EscrowAccount.Mirror(left, Balance(1_200)).State.Available.MicroUnits);
    }

    [Fact]
    public void Nothing_new_is_held_for_a_payer_who_is_leaving_and_what_is_held_stays()
    {
        var leaving = EscrowAccount.Mirror(Held(400), Balance(1_000) with { IsLeaving = true }).State;

        Assert.NotNull(Account.Hold(leaving, new MoneyHold(Some.Lease(2), Some.Deployment(1), new Money(1), default), Some.Now).Result.Refusal);
        Assert.NotNull(Account.Hold(leaving, new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(500), default), Some.Now).Result.Refusal);
        Assert.Null(Account.Hold(leaving, new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(400), default), Some.Now).Result.Refusal);
    }

    [Fact]
    public void What_may_be_withdrawn_cannot_be_held_until_it_can_no_longer_be_taken()
    {
        var promised = EscrowAccount.Withdraw(Held(400), new Money(600), Expiry).State;

        Assert.Equal(0, promised.Available.MicroUnits);
        Assert.Equal(0, EscrowAccount.Mirror(promised, Balance(1_000) with { FinalUnixSeconds = Expiry - 1 }).State.Available.MicroUnits);
        Assert.Equal(600, EscrowAccount.Mirror(promised, Balance(1_000) with { FinalUnixSeconds = Expiry }).State.Available.MicroUnits);
    }

    [Fact]
    public void An_exit_takes_what_was_set_aside_for_a_withdrawal_and_a_later_deposit_is_set_aside_first()
    {
        var promised = EscrowAccount.Withdraw(Held(400), new Money(600), Expiry).State;

        var left = EscrowAccount.Mirror(promised, Balance(500) with { Withdrawn = new Money(500) }).State;
        var again = EscrowAccount.Mirror(left, Balance(900) with { Withdrawn = new Money(500) }).State;

        Assert.Equal((500, 100, 0), (left.Deposited.MicroUnits, left.Reserved.MicroUnits, left.Available.MicroUnits));
        Assert.Equal((900, 100, 400), (again.Deposited.MicroUnits, again.Reserved.MicroUnits, again.Available.MicroUnits));
        Assert.Equal(0, EscrowAccount.Mirror(promised, Balance(400) with { Withdrawn = new Money(400) }).State.Reserved.MicroUnits);
    }

    [Fact]
    public void A_withdrawal_that_was_taken_is_gone_from_deposit_and_promise_alike()
    {
        var promised = EscrowAccount.Withdraw(Held(400), new Money(100), Expiry).State;

        var taken = EscrowAccount.Mirror(promised, Balance(900) with { Withdrawn = new Money(100) }).State;

        Assert.Equal((900, 500, 0), (taken.Deposited.MicroUnits, taken.Available.MicroUnits, taken.Reserved.MicroUnits));
    }

    [Fact]
    public void A_withdrawal_is_cumulative_repeatable_and_one_at_a_time()
    {
        var state = Held(400) with { Withdrawn = new Money(50) };
        var first = EscrowAccount.Withdraw(state, new Money(100), Expiry);
        var repeat = EscrowAccount.Withdraw(first.State, new Money(100), Expiry + 7);

        Assert.Equal((150, Expiry), (first.Result.Withdrawn.MicroUnits, first.Result.ExpiryUnixSeconds));
        Assert.Equal((first.Result, false), (repeat.Result, repeat.HasChanged));
        Assert.NotNull(EscrowAccount.Withdraw(first.State, new Money(101), Expiry).Result.Refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(601)]
    public void No_more_is_withdrawn_than_is_available(long amount) =>
        Assert.NotNull(EscrowAccount.Withdraw(Held(400), new Money(amount), Expiry).Result.Refusal);

    private static EscrowBalance Balance(long microUnits) => new(new Money(microUnits), Money.Zero, false, 0);

    /// <summary>A thousand deposited, that much of it held for lease 1.</summary>
    private static AccountState Held(long microUnits)
    {
        var funded = EscrowAccount.Mirror(new AccountState(), Balance(1_000)).State;
        var open = funded with { Authorizations = funded.Authorizations.Add(Some.Deployment(1), new LiveAuthorization(default, new Money(1_000), default)) };
        return Account.Hold(open, new MoneyHold(Some.Lease(1), Some.Deployment(1), new Money(microUnits), default), Some.Now).State;
    }
}
