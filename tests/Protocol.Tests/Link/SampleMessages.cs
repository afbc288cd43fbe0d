using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Challenges;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Tests.Protocol.Signing;
using Grid.Tests.Protocol.Vectors;

namespace Grid.Tests.Protocol.Link;

/// <summary>One of each message, every optional field given, made of fixed values.</summary>
internal static class SampleMessages
{
    private static readonly Eip712Domain s_domain = GridDomain.Local;
    private static readonly PrivateKey s_operator = GoldenVectors.Key("operator");
    private static readonly PrivateKey s_node = GoldenVectors.Key("node");
    private static readonly PrivateKey s_owner = GoldenVectors.Key("owner");
    private static readonly ProviderId s_provider = new(s_node.Address);
    private static readonly LeaseId s_lease = new(SignedTypeVectors.Word(0x11));
    private static readonly OperationId s_operation = new(SignedTypeVectors.Word(0x12));
    private static readonly Bindings s_bindings = new([new BoundDevice("GPU-1", 500)], 1500, 2048, new StorageAmounts(1, 2, 3, 4), [new BoundPort("web", 80)]);
    private static readonly BoundElsewhere s_elsewhere = BoundElsewhere.Of([s_bindings, s_bindings with { Ports = [] }]);
    private static readonly WorkloadStatus s_status = new(
        "web", 1, 2, WorkloadPhase.Exited, 137, true, 60, [new WorkloadOutput("model", SignedTypeVectors.Word(0x13), 1024)], "out of memory");

    private static readonly PublishedSealingKey s_sealingKey = SealingKeyOf(s_operator);

    public static IReadOnlyList<ControlMessage> Control { get; } =
    [
        new Hello(
            SignedOffer(), Terms(), SealingKeyOf(s_node), new OwnerConsent(s_owner.Address, s_provider, 1_800_000_000).Sign(s_owner, s_domain), "boot-1", "0.1.0",
            [new BoundLease(s_lease, new FencingToken(42), s_bindings, 60, NodeLeasePhase.Ended, 90, [s_status], CloseReason.Completed)],
            s_elsewhere,
            ChallengeMib: 16),
        new OfferChanged(SignedOffer(), Terms()),
        new Heartbeat(7, [new LeaseBeat(s_lease, 60, NodeLeasePhase.Running, 123_456)], s_elsewhere),
        ProposalAnswer.Accept(s_operation, SignedTypeVectors.SampleAcceptance.Sign(s_node, s_domain), s_bindings),
        ProposalAnswer.Refuse(s_operation, s_lease, RefusalCode.CapacityBound, "GPU-1 is bound to another lease"),
        new WorkloadChanged(s_lease, s_status),
        new ReceiptProposed(
            new Receipt(s_lease, 60, new Money(20_833), SignedTypeVectors.Word(0x14), default).Sign(s_node, s_domain),
            new Provenance(SignedTypeVectors.Word(0x15), [SignedTypeVectors.Word(0x16)], [SignedTypeVectors.Word(0x17)], [SignedTypeVectors.Word(0x18)])),
        new LeaseEnded(s_lease, 60, CloseReason.Completed),
        new Welcome(3, 1000, s_sealingKey, 1_800_000_000_000, "0.1.0", SaysWhatItHeard: true),
        new Proposal(
            s_operation, s_lease, new OrderId(SignedTypeVectors.Word(0x19)), SignedTypeVectors.SampleAuthorization.Sign(GoldenVectors.Key("tenant"), s_domain),
            """{"version":"1.0"}""", "westcoast", 0, s_bindings, new RatePerHour(1_250_000), 10_000, 30, 1_800_000_000,
            [new SealedSecret("web", SecretKind.Env, "PASSWORD", SealedBytes.Parse(GoldenVectors.Bytes(GoldenVectors.Root.GetProperty("sealing").GetProperty("sealed"))))],
            [new NamedInput("web", "data", SignedTypeVectors.Word(0x1a), 2048)], s_sealingKey),
        new Open(Opening.Of(SignedTypeVectors.SampleAcceptance).Sign(s_operator, s_domain), new PaidThrough(s_lease, 30).Sign(s_operator, s_domain)),
        new ExtendPaidThrough(new PaidThrough(s_lease, 60).Sign(s_operator, s_domain)),
        new CloseLease(new Close(s_lease, 61, CloseReason.Tenant).Sign(s_operator, s_domain)),
        new ReceiptCountersigned(s_lease, 60, s_operator.Sign(SignedTypeVectors.Word(0x1b)), s_owner.Sign(SignedTypeVectors.Word(0x1b))),
        new Release(s_lease, new FencingToken(42)),
        new Refused(SessionRefusalCode.Busy, "too many sessions are starting", 5000),
        new HeartbeatSeen(7),
        new LeaseHeard(s_lease, 123_456),
        new SettlementShown(new ProviderProof(
            new SettlementRoot(
                SignedTypeVectors.Word(0x1c), SignedTypeVectors.Word(0x1d), SignedTypeVectors.Word(0x1e), new Money(101), new Money(7), new Money(100), new Money(1), 2, 2, 3),
            new Money(60), 1, [new SumNode(SignedTypeVectors.Word(0x1f), new Money(40), Money.Zero)]), [PayerProof.None]),
        new SeenReceipt(new Seen(s_provider, 1_800_000_000).Sign(s_operator, s_domain)),
        new ChallengeSet(7, 12, SignedTypeVectors.Word(0x1c), 16, 30_000),
        new ChallengeAnswered(7, 12, new MemoryProof(SignedTypeVectors.Word(0x1d), [1, 2, 255])),
    ];

    public static IReadOnlyList<StreamPurpose> Purposes { get; } =
    [
        new LogsPurpose(s_lease, "web", 1, 4096, true),
        new ArtifactPurpose(s_lease, "train", "model"),
        new InputPurpose(s_lease, "train", "data"),
        new RelayPurpose(s_lease, "web", 80, 1),
    ];

    private static Signed<Offer> SignedOffer() => new Offer(s_provider, s_owner.Address, OfferTermsHash.Of(Terms()), 3, 1_800_000_000).Sign(s_node, s_domain);

    private static OfferTerms Terms() => new(
        s_provider, s_owner.Address, "eu-west", "a", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "GRID",
        new OfferPrices(new RatePerHour(10_000), new RatePerHour(2_000), new StorageAmounts(1, 2, 3, 4), [new GpuPrice("a100", new RatePerHour(1_000_000))]),
        new ResourceAmounts(4000, 8192, new StorageAmounts(100, 0, 0, 0), 0, 16),
        [new OfferedDevice("GPU-1", "a100", "nvidia", 81920, GpuInterface.Sxm, 1000, false)],
        [new OfferAttribute("tier", "lab")], [], ["gdpr"], 1000, 3600, true);

    private static PublishedSealingKey SealingKeyOf(PrivateKey identity)
    {
        Assert.True(SealingPublicKey.TryParse(GoldenVectors.Root.GetProperty("sealing").GetProperty("recipientPublicKey").GetString(), out var key));
        return PublishedSealingKey.Publish(key, identity, 1_800_000_000, s_domain);
    }
}
