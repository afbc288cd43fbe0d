using Grid.Chain.Crypto;
using Grid.Orders;
using Grid.Protocol.Offers;
using Grid.Protocol.Signing;
using Grid.Providers;
using Grid.Tests.Grains.Providers;

namespace Grid.Tests.Grains.Cluster;

public sealed class AuditedProviders
{
    private static readonly PrivateKey s_auditor = Some.TenantKey(7);

    [Theory]
    [InlineData("anyOf")]
    [InlineData("allOf")]
    public void An_order_that_asks_for_an_auditor_goes_to_the_provider_that_has_signed(string how)
    {
        using var world = World.With(nodes: 3);
        world.Tenant.Fund(100);
        var wanted = Manifests.Web.Replace(
            "    anywhere:\n", $"    anywhere:\n      signedBy: {{{how}: [\"{s_auditor.Address}\"]}}\n", StringComparison.Ordinal);
        var waiting = world.Tenant.Deploy(wanted);
        world.RunTicks(3);
        Assert.Equal(OrderPhase.Open, world.Tenant.LastOrder(waiting).Phase);

        Audit(world, world.Nodes[1], Some.Now.AddDays(1));

        Assert.Equal(world.Nodes[1].Id, world.Tenant.Await(waiting, OrderPhase.Leased).Chosen);
    }

    [Fact]
    public void An_audit_that_has_expired_is_as_none()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        Audit(world, world.Nodes[0], world.Silo.Time.GetUtcNow().AddSeconds(30));
        // The index reads the row again within the minute.
        world.RunTicks(100);

        var order = world.Tenant.Deploy(
            Manifests.Web.Replace(
                "    anywhere:\n", $"    anywhere:\n      signedBy: {{anyOf: [\"{s_auditor.Address}\"]}}\n", StringComparison.Ordinal));

        world.RunTicks(5);
        Assert.Contains("signedBy excludes 1", world.Tenant.LastOrder(order).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compliance_label_counts_where_an_auditor_has_signed_it()
    {
        using var world = World.With(nodes: 1);
        world.Tenant.Fund(100);
        var labelled = Manifests.Web + """
            x-grid:
              placements:
                anywhere: {compliance: [gdpr]}
            """;
        var node = world.Nodes[0];
        List(world, node, 2, new OfferChoices(ComplianceLabels: ["gdpr"]));
        var waiting = world.Tenant.Deploy(labelled);
        world.RunTicks(3);
        Assert.Contains("compliance excludes 1", world.Tenant.LastOrder(waiting).Reason, StringComparison.Ordinal);

        List(world, node, 3,
            new OfferChoices(ComplianceLabels: ["gdpr"], Audits: [Sign(node, AuditSubject.OfLabel("gdpr"), Some.Now.AddDays(1))]));

        Assert.Equal(node.Id, world.Tenant.Await(waiting, OrderPhase.Leased).Chosen);
    }

    private static void Audit(World world, FakeNode node, DateTimeOffset expiry)
    {
        var attributes = System.Collections.Immutable.ImmutableArray.Create(new OfferAttribute("host", "lab"));
        List(world, node, 2, new OfferChoices(Attributes: attributes, Audits: [Sign(node, AuditSubject.OfAttributes(attributes), expiry)]));
    }

    private static AttributeAudit Sign(FakeNode node, Hash256 subject, DateTimeOffset expiry)
    {
        var audit = new Audit(node.Id, subject, expiry.ToUnixTimeSeconds());
        var signature = audit.Sign(s_auditor, Some.Identity.Domain).Signature;
        return new AttributeAudit(
            s_auditor.Address, audit.Digest(Some.Identity.Domain), audit.ExpiryUnixSeconds, [.. signature.ToByteArray()]);
    }

    private static void List(World world, FakeNode node, ulong version, OfferChoices choices)
    {
        var terms = choices.Applied(node.Terms);
        var signed = SampleOffer.Signed(terms, node.Number, version);
        Assert.Null(
            world.Ask(grains => grains.GetGrain<IProviderGrain>(node.Id.ToString()).ChangeOffer(node.Epoch, signed, terms)).Refusal);
    }
}
