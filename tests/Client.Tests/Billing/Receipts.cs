using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Client;
using Grid.Protocol;
using Grid.Protocol.Api;
using Grid.Protocol.Signing;

namespace Grid.Tests.Client.Billing;

public sealed class Receipts : IDisposable
{
    private static readonly LeaseId Lease = new(Hash256.Parse("0x" + new string('4', 64)));
    private static readonly Provenance Origin = new(Hash256.Zero, [], [], []);

    private readonly PrivateKey _operator = PrivateKey.Generate();
    private readonly PrivateKey _provider = PrivateKey.Generate();

    [Fact]
    public void A_bill_whose_receipts_follow_from_each_other_holds()
    {
        var first = Receipt(10);
        var second = Receipt(25, first);

        Assert.Empty(Verify(first, second));
    }

    [Fact]
    public void A_charge_that_is_not_the_rate_times_the_seconds_is_named()
    {
        var receipt = Receipt(10) with { Charged = new Money(12_346) };

        Assert.Contains(Verify(receipt), fault => fault.Contains("charges", StringComparison.Ordinal));
    }

    [Fact]
    public void A_receipt_that_the_provider_did_not_sign_is_named()
    {
        var bill = Bill(Receipt(10));
        var forged = bill with { Receipts = [bill.Receipts[0] with { Receipt = bill.Receipts[0].Receipt.Value.Sign(_operator, GridDomain.Local) }] };

        Assert.Contains(ReceiptVerification.Verify(forged, _operator.Address, GridDomain.Local), fault => fault.Contains("not signed by the provider", StringComparison.Ordinal));
    }

    [Fact]
    public void Receipts_out_of_order_are_named()
    {
        var first = Receipt(10);
        var second = Receipt(25, first);

        Assert.NotEmpty(Verify(second, first));
    }

    [Fact]
    public void A_receipt_left_out_is_named()
    {
        var first = Receipt(10);
        var second = Receipt(25, first);
        var third = Receipt(40, second);

        Assert.Contains(Verify(first, third), fault => fault.Contains("does not follow", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bill_of_another_operator_is_named()
    {
        using var other = PrivateKey.Generate();

        Assert.NotEmpty(ReceiptVerification.Verify(Bill(Receipt(10)), other.Address, GridDomain.Local));
    }

    public void Dispose()
    {
        _operator.Dispose();
        _provider.Dispose();
    }

    private static Receipt Receipt(long seconds, Receipt? previous = null) =>
        new(Lease, seconds, new RatePerHour(4_444_444).ChargeRoundedDown(seconds), Origin.Hash(), previous?.Digest(GridDomain.Local) ?? Hash256.Zero);

    private ImmutableArray<string> Verify(params Receipt[] receipts) => ReceiptVerification.Verify(Bill(receipts), _operator.Address, GridDomain.Local);

    private LeaseReceipts Bill(params Receipt[] receipts) => new(
        Lease,
        new Opening(Lease, Hash256.Zero, new ProviderId(_provider.Address), default, Hash256.Zero, new RatePerHour(4_444_444), 0, 1).Sign(_operator, GridDomain.Local),
        [.. receipts.Select(receipt => new ReceiptEntry(receipt.Sign(_provider, GridDomain.Local), Origin, receipt.Sign(_operator, GridDomain.Local).Signature))]);
}
