using FsCheck;
using FsCheck.Fluent;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Tests.Protocol.Slashing;

public sealed class Claims
{
    private const long Grace = 60;
    private const long NoEnd = long.MaxValue;

    [Fact]
    public void A_down_interval_of_a_lease_becomes_a_claim_that_holds()
    {
        var claim = For(SomeLease.Evidence, SomeLease.OpenFrom + 310, SomeLease.OpenFrom + 400)!;

        Assert.Null(claim.Refusal(SomeLease.Domain, default, Grace));
        Assert.Equal(SomeLease.TenantKey.Address, claim.Fault.Tenant);
        Assert.Equal(new Money(90_000), claim.Fault.Paid);
    }

    [Fact]
    public void A_claim_is_cut_to_what_was_surely_open_paid_and_owed()
    {
        var claim = For(SomeLease.Make(counted: 0), SomeLease.OpenFrom - 50, SomeLease.OpenFrom + 10_000)!;
        Assert.Equal((SomeLease.OpenFrom, SomeLease.OpenFrom + SomeLease.Paid), (claim.Fault.FromUnixSeconds, claim.Fault.ToUnixSeconds));

        Assert.Null(FaultClaim.For(SomeLease.Evidence, (SomeLease.OpenFrom + 310, SomeLease.OpenFrom + 400), SomeLease.OpenFrom + 310, default, SomeLease.OperatorKey.Address));
    }

    [Fact]
    public void Nobody_is_compensated_for_more_than_he_has_paid_over_all_intervals_together()
    {
        var (mark, total) = (default(LeaseMark), Money.Zero);
        for (var from = SomeLease.OpenFrom + 300; from < SomeLease.OpenFrom + SomeLease.Paid; from += 40)
        {
            var claim = FaultClaim.For(SomeLease.Make(counted: 60), (from, from + 30), NoEnd, mark, SomeLease.OperatorKey.Address)!;
            Assert.Null(claim.Refusal(SomeLease.Domain, mark, 10_000));
            (mark, total) = (mark.After(claim.Fault), total + claim.Fault.Paid);
        }

        Assert.Equal(SomeLease.Rate.ChargeRoundedDown(60), total);
    }

    [Fact]
    public void Intervals_of_one_lease_never_overlap() => Prop.ForAll(
        (from start in Gen.Choose(0, 700) from length in Gen.Choose(1, 200) select ((long)start, (long)length)).ArrayOf(20).ToArbitrary(), downs =>
        {
            var mark = default(LeaseMark);
            foreach (var (start, length) in downs)
            {
                var from = SomeLease.OpenFrom + start;
                if (FaultClaim.For(SomeLease.Evidence, (from, from + length), NoEnd, mark, SomeLease.OperatorKey.Address) is not { } claim) continue;
                Assert.True(claim.Fault.FromUnixSeconds >= mark.UntilUnixSeconds, $"{claim.Fault} after {mark}");
                Assert.Contains("accused", claim.Refusal(SomeLease.Domain, mark.After(claim.Fault), 10_000), StringComparison.Ordinal);
                mark = mark.After(claim.Fault);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lease_whose_provider_has_counted_nothing_for_long_may_have_ended_and_is_no_evidence()
    {
        var claim = For(SomeLease.Make(counted: 100), SomeLease.OpenFrom + 161, SomeLease.OpenFrom + 200)!;

        Assert.Contains("may have ended", claim.Refusal(SomeLease.Domain, default, Grace), StringComparison.Ordinal);
        Assert.Null(claim.Refusal(SomeLease.Domain, default, Grace + 1));
    }

    [Fact]
    public void Evidence_holds_only_with_every_partys_own_signature_on_the_same_lease()
    {
        var stranger = SomeLease.Key(50);
        LeaseEvidence[] forged =
        [
            SomeLease.Make(tenantKey: stranger),
            SomeLease.Make(operatorKey: stranger),
            SomeLease.Make(providerKey: stranger),
            SomeLease.Make(authorization: auth => auth with { Operator = stranger.Address }),
            SomeLease.Make(opening: opening => opening with { Authorization = Hash256.Zero }),
            SomeLease.Make(opening: opening => opening with { Lease = new LeaseId(Keccak256.Hash([1])) }),
            SomeLease.Make(opening: opening => opening with { RatePerHour = SomeLease.Rate * 2 }),
            SomeLease.Make(paid: 1_001),
            SomeLease.Make(counted: SomeLease.Paid + 1),
            SomeLease.Make(authorization: auth => auth with { Signer = stranger.Address }, tenantKey: stranger),
        ];

        Assert.Null(SomeLease.Evidence.Refusal(SomeLease.Domain));
        Assert.All(forged, evidence => Assert.NotNull(evidence.Refusal(SomeLease.Domain)));
    }

    [Fact]
    public void A_claim_that_says_more_than_its_evidence_is_refused()
    {
        var claim = For(SomeLease.Evidence, SomeLease.OpenFrom + 310, SomeLease.OpenFrom + 400)!;
        Fault[] forged =
        [
            claim.Fault with { Kind = FaultKind.FalseWork },
            claim.Fault with { Provider = new ProviderId(SomeLease.TenantKey.Address) },
            claim.Fault with { Tenant = SomeLease.ProviderKey.Address },
            claim.Fault with { Reporter = SomeLease.ProviderKey.Address },
            claim.Fault with { FromUnixSeconds = SomeLease.OpenFrom - 1 },
            claim.Fault with { ToUnixSeconds = SomeLease.OpenFrom + SomeLease.Paid + 1 },
            claim.Fault with { ToUnixSeconds = claim.Fault.FromUnixSeconds },
            claim.Fault with { Paid = claim.Fault.Paid + new Money(1) },
        ];

        Assert.All(forged, fault => Assert.NotNull((claim with { Fault = fault }).Refusal(SomeLease.Domain, default, Grace)));
    }

    [Fact]
    public void Numbers_at_the_edge_are_refused_and_break_nothing()
    {
        var evidence = SomeLease.Make(
            auth => auth with { MaxRatePerHour = new RatePerHour(long.MaxValue), MaxTotal = new Money(long.MaxValue) }, opening => opening with { ExpiryUnixSeconds = long.MaxValue });
        var fault = new Fault(FaultKind.Downtime, evidence.Provider, evidence.Lease, evidence.Tenant, 0, long.MaxValue, new Money(long.MaxValue), evidence.Operator);

        Assert.NotNull(new FaultClaim(fault, evidence).Refusal(SomeLease.Domain, new LeaseMark(0, new Money(long.MaxValue)), Grace));
    }

    private static FaultClaim? For(LeaseEvidence evidence, long from, long to) => FaultClaim.For(evidence, (from, to), NoEnd, default, SomeLease.OperatorKey.Address);
}
