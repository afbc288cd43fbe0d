using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;

namespace Grid.Tests.Protocol.Signing;

public sealed class Signatures
{
    private static readonly Receipt s_receipt = new(default, 10, new Money(5), default, default);

    [Fact]
    public void A_changed_value_has_another_signer()
    {
        using var key = GoldenVectors.Key("node");
        var signed = s_receipt.Sign(key, GridDomain.Local);

        Assert.True(signed.IsSignedBy(key.Address, GridDomain.Local));
        Assert.False((signed with { Value = s_receipt with { Seconds = 11 } }).IsSignedBy(key.Address, GridDomain.Local));
    }

    [Fact]
    public void Nobody_signs_for_the_zero_address() => Assert.False(new Signed<Receipt>(s_receipt, default).IsSignedBy(Address.Zero, GridDomain.Local));

    [Fact]
    public void A_negative_amount_is_neither_signed_nor_believed()
    {
        using var key = GoldenVectors.Key("node");
        var negative = s_receipt with { Charged = new Money(-1) };

        Assert.Throws<ArgumentException>(() => negative.Sign(key, GridDomain.Local));
        Assert.Null(new Signed<Receipt>(negative, key.Sign(negative.Digest(GridDomain.Local))).Recover(GridDomain.Local));
    }

    [Fact]
    public void An_opening_repeats_every_term_of_its_acceptance()
    {
        var acceptance = SignedTypeVectors.SampleAcceptance;
        var opening = Opening.Of(acceptance);

        Assert.Equal(
            (acceptance.Lease, acceptance.Authorization, acceptance.Provider, acceptance.Token, acceptance.BindingsHash, acceptance.RatePerHour, acceptance.FeePpm, acceptance.ExpiryUnixSeconds),
            (opening.Lease, opening.Authorization, opening.Provider, opening.Token, opening.BindingsHash, opening.RatePerHour, opening.FeePpm, opening.ExpiryUnixSeconds));
    }

    [Fact]
    public void Different_orders_and_leases_have_different_ids()
    {
        var deployment = new DeploymentId(SignedTypeVectors.Word(1));
        OrderId[] orders =
        [
            OrderIds.Derive(deployment, "a", 0, 0),
            OrderIds.Derive(deployment, "a", 0, 1),
            OrderIds.Derive(deployment, "a", 1, 0),
            OrderIds.Derive(deployment, "b", 0, 0),
            OrderIds.Derive(new DeploymentId(SignedTypeVectors.Word(2)), "a", 0, 0),
        ];

        Assert.Equal(orders.Length, orders.Distinct().Count());
        Assert.NotEqual(LeaseIds.Derive(orders[0], 0), LeaseIds.Derive(orders[0], 1));
    }
}
