using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Grid.Accounts;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Settlements;

namespace Grid.Tests.Grains.Settlements;

public sealed class CollectingRules
{
    private const int FeePpm = 10_000;

    private static readonly Gen<(int Lease, int More, int Credit, bool Closes)> s_steps =
        from lease in Gen.Choose(0, 11)
        from more in Gen.Choose(0, 5_000)
        from credit in Gen.Choose(0, 8_000)
        from closes in Gen.Elements(true, false, false)
        select (lease, more, credit, closes);

    [Fact]
    public void Whatever_leases_charge_a_root_balances_and_nothing_of_it_ever_falls() => Properties.ForAllSequences(s_steps, 40, steps =>
    {
        var (charged, closed, book) = (new long[12], new bool[12], SettlementBook.Empty);
        ulong batch = 0;
        foreach (var step in steps)
        {
            if (!closed[step.Lease]) charged[step.Lease] += step.More;
            closed[step.Lease] |= step.Closes;
            var next = Collecting.After(book, ++batch, [.. Enumerable.Range(0, 12).Select(lease => Figure(lease, charged[lease], closed[lease]))], Payers(20_000), new Money(step.Credit));

            var (before, root) = (book.Trees().Root, next.Trees().Root);
            Assert.Equal(root.Charged, root.Earned + root.Fees);
            Assert.True(root.Charged >= before.Charged && root.Earned >= before.Earned && root.Fees >= before.Fees && root.Accounts >= before.Accounts);
            Assert.True(root.Charged - before.Charged <= new Money(step.Credit), "new credit is within the bond");
            Assert.All(next.Payers, payer => Assert.True(payer.Leaf.Charged + payer.Leaf.Held <= new Money(20_000), "within deposit and authorization"));
            Assert.All(next.Leases, lease => Assert.True(lease.Charged <= new Money(charged[NumberOf(lease.Lease)]), "never more than the lease itself says"));
            Assert.Equal(root.Charged.MicroUnits, next.Leases.Sum(lease => lease.Charged.MicroUnits));
            Assert.Equal(root.Fees.MicroUnits, next.Leases.Sum(lease => Fee.RoundedDown(lease.Charged, FeePpm).MicroUnits));
            book = next;
        }
    });

    [Fact]
    public void With_credit_and_deposit_enough_everything_is_charged_and_closed_leases_are_complete()
    {
        var book = Collecting.After(
            SettlementBook.Empty, 4, [Figure(0, 700, true), Figure(1, 300, false), Figure(2, 0, false)], Payers(20_000), Money.FromTokens(1));

        Assert.Equal([300, 700], book.Leases.Select(lease => lease.Charged.MicroUnits).Order());
        Assert.Equal([(700L, 4UL)], book.Leases.Where(lease => lease.CompleteIn != 0).Select(lease => (lease.Charged.MicroUnits, lease.CompleteIn)));
    }

    [Fact]
    public void What_credit_does_not_cover_is_charged_by_a_later_batch()
    {
        LeaseFigure[] leases = [Figure(0, 700, true)];
        var first = Collecting.After(SettlementBook.Empty, 1, leases, Payers(20_000), new Money(500));
        var second = Collecting.After(first, 2, leases, Payers(20_000), new Money(500));

        Assert.Equal((500, 0UL), (first.Leases[0].Charged.MicroUnits, first.Leases[0].CompleteIn));
        Assert.Equal((700, 2UL), (second.Leases[0].Charged.MicroUnits, second.Leases[0].CompleteIn));
    }

    [Fact]
    public void A_leaf_holds_what_leases_may_still_charge_beyond_what_it_charges()
    {
        var holds = ImmutableSortedDictionary<LeaseId, Money>.Empty.Add(Some.Lease(0), new Money(1_000)).Add(Some.Lease(3), new Money(50));
        var book = Collecting.After(
            SettlementBook.Empty, 1, [Figure(0, 700, false)], [Payer(0, 20_000) with { Holds = holds }, Payer(1, 20_000), Payer(2, 20_000)], new Money(9_000));

        Assert.Equal((700, 350), (book.Payers[0].Leaf.Charged.MicroUnits, book.Payers[0].Leaf.Held.MicroUnits));
        Assert.NotNull(book.Payers[0].Authorization);
        Assert.Null(book.Payers[1].Authorization);
    }

    [Fact]
    public void A_payer_who_may_be_gone_is_charged_nothing_more_and_keeps_what_he_was_charged()
    {
        var first = Collecting.After(SettlementBook.Empty, 1, [Figure(0, 700, false)], Payers(20_000), new Money(9_000));
        var second = Collecting.After(first, 2, [Figure(0, 900, true)], [Payer(0, 20_000) with { MayBeGone = true }, Payer(1, 0), Payer(2, 0)], new Money(9_000));

        Assert.Equal((700, 0), (second.Payers[0].Leaf.Charged.MicroUnits, second.Payers[0].Leaf.Held.MicroUnits));
        Assert.NotNull(second.Payers[0].Authorization);
    }

    [Fact]
    public void A_payer_without_an_authorization_or_a_deposit_is_charged_nothing()
    {
        PayerFigure[] payers = [Payer(0, 0), Payer(1, 20_000) with { Authorization = null }, Payer(2, 20_000)];
        var book = Collecting.After(SettlementBook.Empty, 1, [Figure(0, 700, true), Figure(1, 700, true), Figure(2, 700, true)], payers, new Money(9_000));

        Assert.Equal([0, 0, 700], book.Payers.Select(payer => payer.Leaf.Charged.MicroUnits));
    }

    [Fact]
    public void A_book_is_the_same_after_it_was_stored_in_parts()
    {
        var figures = Enumerable.Range(0, 3_000).Select(lease => Figure(lease, 1 + lease, lease % 2 == 0)).ToArray();
        var book = Collecting.After(SettlementBook.Empty, 1, figures, Payers(Money.FromTokens(100).MicroUnits), Money.FromTokens(100));

        var parts = book.Parts();

        Assert.Equal(3, parts.Count);
        Assert.Equal(book.Trees().Root, SettlementBook.Of(parts).Trees().Root);
    }

    private static int NumberOf(LeaseId id) => Enumerable.Range(0, 12).Single(number => Some.Lease(number) == id);

    private static LeaseFigure Figure(int lease, long charged, bool isClosed) =>
        new(Some.Lease(lease), Some.TenantKey(lease % 3).Address, Some.Provider(lease % 2).Value, new Money(charged), FeePpm, isClosed);

    private static PayerFigure[] Payers(long spendable) => [.. Enumerable.Range(0, 3).Select(number => Payer(number, spendable))];

    private static PayerFigure Payer(int number, long spendable)
    {
        var payer = Some.TenantKey(number).Address;
        var authorization = new Authorization(default, payer, payer, default, 1, default, default, default, new Money(spendable), new Money(spendable), 0, default);
        return new PayerFigure(
            payer, new Money(spendable), new Signed<Authorization>(authorization, default), Some.Digest("authorization", number), ImmutableSortedDictionary<LeaseId, Money>.Empty);
    }
}
