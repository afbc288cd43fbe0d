using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;

namespace Grid.Tests.Protocol.Offers;

public sealed class Audits
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PrivateKey s_auditor = Key(1);
    private static readonly PrivateKey s_provider = Key(2);
    private static readonly ImmutableArray<OfferAttribute> s_attributes = [new("host", "lab"), new("tier", "datacentre")];

    [Fact]
    public void A_signature_over_the_attributes_or_a_label_counts_until_it_expires()
    {
        var terms = Terms([Sign(s_auditor, AuditSubject.OfAttributes(s_attributes)), Sign(Key(3), AuditSubject.OfLabel("gdpr"))]);

        var verified = VerifiedAudits.Of(terms, GridDomain.Local);

        Assert.Equal([s_auditor.Address], verified.AuditorsAt(s_now));
        Assert.Equal(["gdpr"], verified.LabelsAt(s_now));
        Assert.Equal(s_now.AddDays(1), verified.NextExpiryAfter(s_now));
        Assert.Empty(verified.AuditorsAt(s_now.AddDays(1)));
        Assert.Empty(verified.LabelsAt(s_now.AddDays(1)));
    }

    [Fact]
    public void Another_attribute_needs_another_signature()
    {
        var audits = ImmutableArray.Create(Sign(s_auditor, AuditSubject.OfAttributes(s_attributes)));

        Assert.Empty(Auditors(Terms(audits) with { Attributes = s_attributes.Add(new OfferAttribute("zone", "a")) }));
        Assert.Empty(Auditors(Terms(audits) with { Attributes = s_attributes[..1] }));
        Assert.Empty(Auditors(Terms(audits) with { Attributes = [new("host", "lab"), new("tier", "cellar")] }));
    }

    [Fact]
    public void What_was_signed_for_another_grid_provider_or_time_or_by_another_key_counts_for_nothing()
    {
        var good = Sign(s_auditor, AuditSubject.OfAttributes(s_attributes));

        Assert.Single(Auditors(Terms([good])));
        Assert.Empty(VerifiedAudits.Of(Terms([good]), GridDomain.For(1, Key(9).Address)).AuditorsAt(s_now));
        Assert.Empty(Auditors(Terms([good]) with { Provider = new ProviderId(Key(4).Address) }));
        Assert.Empty(Auditors(Terms([good with { ExpiresAtUnixSeconds = good.ExpiresAtUnixSeconds + 1 }])));
        Assert.Empty(Auditors(Terms([good with { Auditor = Key(5).Address }])));
        Assert.Empty(Auditors(Terms([good with { Signature = good.Signature.SetItem(7, (byte)(good.Signature[7] ^ 1)) }])));
        Assert.Empty(Auditors(Terms([good with { Signature = [] }])));
        Assert.Empty(Auditors(Terms([good with { ContentHash = AuditSubject.OfLabel("gdpr") }])));
    }

    [Fact]
    public void Nobody_vouches_for_himself()
    {
        var subject = AuditSubject.OfAttributes(s_attributes);

        Assert.Empty(Auditors(Terms([Sign(s_provider, subject)])));
        Assert.Empty(Auditors(Terms([Sign(s_auditor, subject)]) with { Owner = s_auditor.Address }));
        Assert.Empty(VerifiedAudits.Of(Terms([]), GridDomain.Local).LabelsAt(s_now));
    }

    private static ImmutableArray<Address> Auditors(OfferTerms terms) => VerifiedAudits.Of(terms, GridDomain.Local).AuditorsAt(s_now);

    private static AttributeAudit Sign(PrivateKey auditor, Hash256 subject)
    {
        var audit = new Audit(new ProviderId(s_provider.Address), subject, s_now.AddDays(1).ToUnixTimeSeconds());
        var signed = audit.Sign(auditor, GridDomain.Local);
        return new AttributeAudit(
            auditor.Address, audit.Digest(GridDomain.Local), audit.ExpiryUnixSeconds, [.. signed.Signature.ToByteArray()]);
    }

    private static PrivateKey Key(byte number) => PrivateKey.FromBytes([.. new byte[31], number]);

    private static OfferTerms Terms(ImmutableArray<AttributeAudit> audits) => new(
        new ProviderId(s_provider.Address), s_provider.Address, "germany", "a", OfferMode.Provider, CpuArchitecture.Amd64,
            IsolationLevel.Full, "GRID",
        new OfferPrices(new RatePerHour(1), new RatePerHour(1), default, []), new ResourceAmounts(8_000, 16_384, default, 0, 16), [],
        s_attributes, audits, ["gdpr"], 1_000, 86_400, true);
}
