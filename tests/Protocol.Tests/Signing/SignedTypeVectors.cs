using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;

namespace Grid.Tests.Protocol.Signing;

/// <summary>Digest and signature of every signed type, against a second implementation: a changed digest would void every signature ever made.</summary>
public sealed class SignedTypeVectors
{
    private const long Expiry = 1_800_000_000;
    private static readonly Address s_operator = GoldenVectors.Key("operator").Address;
    private static readonly Address s_tenant = GoldenVectors.Key("tenant").Address;
    private static readonly Address s_owner = GoldenVectors.Key("owner").Address;
    private static readonly ProviderId s_node = new(GoldenVectors.Key("node").Address);
    private static readonly LeaseId s_lease = new(Word(0x11));

    public static Authorization SampleAuthorization { get; } = new(
        s_operator, s_tenant, s_tenant, default, 7, default, Word(0x33), new RatePerHour(1_500_000), new Money(9_000_000), new Money(20_000_000), Expiry, Word(0x44));

    [Fact]
    public void Authorization() => Matches("Authorization", "tenant", SampleAuthorization);

    [Fact]
    public void Offer() => Matches("Offer", "node", new Offer(s_node, s_owner, Word(0x55), 3, Expiry));

    [Fact]
    public void Acceptance() => Matches("Acceptance", "node", SampleAcceptance);

    [Fact]
    public void Opening() => Matches("Opening", "operator", Grid.Protocol.Signing.Opening.Of(SampleAcceptance));

    [Fact]
    public void PaidThrough() => Matches("PaidThrough", "operator", new PaidThrough(s_lease, 3600));

    [Fact]
    public void Receipt() => Matches("Receipt", "node", new Receipt(s_lease, 120, new Money(41_666), Word(0x77), Word(0x88)));

    [Fact]
    public void Close() => Matches("Close", "operator", new Close(s_lease, 121, CloseReason.Completed));

    [Fact]
    public void FundOrder() => Matches("FundOrder", "operator", new FundOrder(s_operator, s_tenant, new Money(5_000_000), Word(0x99)));

    [Fact]
    public void LinkTranscript() => Matches(
        "LinkTranscript", "node", new LinkTranscript(31337, s_operator, s_node, Word(0xaa), Word(0xbb), Word(0xcc), Word(0xdd), Expiry));

    [Fact]
    public void SealingKey() => Matches("SealingKey", "operator", new SealingKey(s_operator, Word(0xee), Expiry));

    [Fact]
    public void OwnerConsent() => Matches("OwnerConsent", "owner", new OwnerConsent(s_owner, s_node, Expiry));

    [Fact]
    public void Audit() => Matches("Audit", "owner", new Audit(s_node, Word(0x5a), Expiry));

    [Fact]
    public void Withdrawal() => Matches("Withdrawal", "operator", new Withdrawal(s_operator, s_tenant, new Money(7_000_000), Expiry));

    [Fact]
    public void Maintenance() => Matches("Maintenance", "node", new Maintenance(s_node, Expiry, Expiry + 3_600));

    [Fact]
    public void Seen() => Matches("Seen", "operator", new Seen(s_node, Expiry - 1));

    [Fact]
    public void EraRoot() => Matches("EraRoot", "operator", new EraRoot(12, Word(0xab), 65_536, new Money(123_456_789)));

    [Fact]
    public void Fault() => Matches(
        "Fault", "operator", new Fault(FaultKind.Downtime, s_node, s_lease, s_tenant, 1_799_990_000, 1_799_990_060, new Money(41_666), s_owner));

    [Fact]
    public void Derived_ids()
    {
        var ids = GoldenVectors.Root.GetProperty("ids");
        var deployment = DeploymentIds.Derive(SampleAuthorization, GridDomain.Local);
        var order = OrderIds.Derive(deployment, ids.GetProperty("placement").GetString()!, ids.GetProperty("ordinal").GetUInt32(), ids.GetProperty("generation").GetUInt32());

        Assert.Equal(GoldenVectors.Hash(ids, "deployment"), deployment.Value);
        Assert.Equal(GoldenVectors.Hash(ids, "order"), order.Value);
        Assert.Equal(GoldenVectors.Hash(ids, "lease"), LeaseIds.Derive(order, ids.GetProperty("attempt").GetUInt32()).Value);
    }

    public static Acceptance SampleAcceptance { get; } = new(
        s_lease, Word(0x22), s_node, new FencingToken(42), Word(0x66), new RatePerHour(1_250_000), 10_000, Expiry);

    internal static Hash256 Word(byte fill)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes.Fill(fill);
        return new Hash256(bytes);
    }

    private static void Matches<T>(string name, string signer, T value)
        where T : ISignedType
    {
        var vector = GoldenVectors.Root.GetProperty("signed").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == name);
        var escrow = Address.Parse(GoldenVectors.Root.GetProperty("escrow").GetString()!);
        var chain = GridDomain.For(GoldenVectors.Root.GetProperty("chainId").GetInt64(), escrow);
        using var key = GoldenVectors.Key(signer);

        Assert.Equal(GoldenVectors.Hash(vector, "localDigest"), value.Digest(GridDomain.Local));
        Assert.Equal(GoldenVectors.Hash(vector, "chainDigest"), value.Digest(chain));
        Assert.Equal(vector.GetProperty("localSignature").GetString(), value.Sign(key, GridDomain.Local).Signature.ToString());
        var signed = value.Sign(key, chain);
        Assert.Equal(vector.GetProperty("chainSignature").GetString(), signed.Signature.ToString());
        Assert.True(signed.IsSignedBy(Address.Parse(vector.GetProperty("signer").GetString()!), chain));
        Assert.False(signed.IsSignedBy(key.Address, GridDomain.Local));
    }
}
