using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Leases;

public sealed class Receipts
{
    [Fact]
    public void Whatever_a_node_sends_seconds_only_rise_and_the_charge_stays_within_the_hold()
    {
        var step =
            from seconds in Gen.Choose(-5, 4_000)
            from plausible in Gen.Choose(0, 4_000)
            from fault in Gen.Choose(0, 5)
            select (Seconds: seconds, Plausible: plausible, Fault: fault);

        Properties.ForAllSequences(step, 60, steps =>
        {
            var state = SampleLease.Open(paidSeconds: 3_000);
            foreach (var (seconds, plausible, fault) in steps)
            {
                var receipt = Spoiled(SampleLease.Receipt(state, seconds), fault);
                var refusal = Lease.ReceiptRefusal(state, receipt, Last(state), plausible);
                var isRight = fault > 2 && seconds >= state.BilledSeconds && seconds <= 3_000 && seconds <= plausible;
                Assert.Equal(isRight, refusal is null);
                if (!isRight) continue;

                var next = Lease.WithReceipt(state, receipt.Sign(Some.ProviderKey(1), Some.Identity.Domain), default);
                Assert.True(next.BilledSeconds >= state.BilledSeconds && next.Charged >= state.Charged && next.Charged <= next.Held);
                state = next;
            }

            Assert.Equal(SampleLease.Rate.ChargeRoundedDown(state.BilledSeconds), state.Charged);
        });
    }

    [Theory]
    [InlineData(101, "paid are 100 s")]
    [InlineData(91, "at most 90 s can have passed")]
    public void Seconds_that_are_not_paid_or_not_lived_are_not_billed(long seconds, string expected)
    {
        var state = SampleLease.Open(paidSeconds: 100);

        Assert.Contains(expected, Lease.ReceiptRefusal(state, SampleLease.Receipt(state, seconds), default, 90), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_past_the_close_is_billed()
    {
        var closing = Lease.Close(SampleLease.Open(), CloseReason.Tenant, 50, null!, Some.Now);

        Assert.Null(Lease.ReceiptRefusal(closing, SampleLease.Receipt(closing, 50), default, 3_000));
        Assert.Contains("closed at 50 s", Lease.ReceiptRefusal(closing, SampleLease.Receipt(closing, 51), default, 3_000), StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_beyond_the_hold_breaks_an_invariant()
    {
        var state = SampleLease.Open(paidSeconds: 100);
        var receipt = new Signed<Receipt>(SampleLease.Receipt(state, 200), default);

        Assert.Equal("INV-LEASE-03", Assert.Throws<InvariantBrokenException>(() => Lease.WithReceipt(state, receipt, default)).Id);
    }

    [Fact]
    public void A_receipt_that_falls_back_breaks_an_invariant()
    {
        var state = Lease.WithReceipt(SampleLease.Open(), new Signed<Receipt>(SampleLease.Receipt(SampleLease.Open(), 20), default), default);

        Assert.Equal("INV-LEASE-02", Assert.Throws<InvariantBrokenException>(() => Lease.WithReceipt(state, new Signed<Receipt>(SampleLease.Receipt(state, 19), default), default)).Id);
    }

    private static Hash256 Last(LeaseState state) => state.LastReceipt?.Value.Digest(Some.Identity.Domain) ?? default;

    private static Receipt Spoiled(Receipt receipt, int fault) => fault switch
    {
        0 => receipt with { Lease = Some.Lease(2) },
        1 => receipt with { Charged = receipt.Charged + new Money(1) },
        2 => receipt with { Previous = Some.Digest("other", 1) },
        _ => receipt,
    };
}
