using System.Collections.Immutable;
using Grid.Accounts;
using Grid.Chain.Crypto;
using Grid.Deployments;
using Grid.Eras;
using Grid.Gpus;
using Grid.Leases;
using Grid.Matching;
using Grid.Orders;
using Grid.Pricing;
using Grid.Protocol;
using Grid.Protocol.Eras;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Settlement;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;
using Grid.Providers;
using Grid.Reputation;
using Grid.Settlements;
using Grid.Shards;
using Grid.Slashing;
using Grid.Tests.Grains.Slashing;

namespace Grid.Tests.Grains.Stored;

/// <summary>One state of each kind with every field set, the same in every run.</summary>
internal static class SampleStates
{
    private static readonly Bindings Bound = new([new BoundDevice("GPU-1", 500)], 2_000, 4_096, new StorageAmounts(1, 2, 3, 4), [new BoundPort("web", 8080)]);

    public static IReadOnlyList<object> All { get; } =
    [
        new AccountState
        {
            Deposited = Money.FromTokens(100),
            Earned = new Money(1),
            Paid = new Money(2),
            Burned = new Money(3),
            Holds = ImmutableSortedDictionary<LeaseId, LeaseHold>.Empty.Add(Some.Lease(1), new LeaseHold(Some.Deployment(1), new Money(4), Some.Now, true)),
            Settled = ImmutableSortedDictionary<LeaseId, Settlement>.Empty.Add(Some.Lease(2), new Settlement(Some.Lease(2), new Money(5), new Money(6))),
            Credited = ImmutableSortedDictionary<LeaseId, Money>.Empty.Add(Some.Lease(3), new Money(7)),
            Authorizations = ImmutableSortedDictionary<DeploymentId, LiveAuthorization>.Empty
                .Add(Some.Deployment(1), new LiveAuthorization(Some.Digest("authorization", 1), new Money(8), new Money(9)))
                .Add(Some.Deployment(2), new LiveAuthorization(Some.Digest("authorization", 2), new Money(10), new Money(11), HasEnded: true)),
            Ended = [Some.Deployment(2)],
            LastSequence = 12,
            LastAuthorization = Some.Digest("authorization", 2),
            LatestAuthorization = Signed(Authorization()),
            Withdrawn = new Money(13),
            Withdrawal = new WithdrawalPromise(new Money(14), new Money(27), 1_800_000_000),
            IsLeaving = true,
            ExitReadyUnixSeconds = 1_800_000_100,
        },
        new PriceState
        {
            Regions = ImmutableSortedDictionary<string, RegionGuide>.Empty.Add("germany", new RegionGuide(
                1L << 34, 3, [new PricePoint(Some.Now, new RatePerHour(262_144), 900_000)],
                    [new PricePoint(Some.Now.AddHours(-1), new RatePerHour(250_000), 800_000)])),
        },
        new LocalLedgerState { Deposited = Money.FromTokens(7), Funded = ImmutableSortedDictionary<Hash256, Money>.Empty.Add(Some.Digest("fund", 1), Money.FromTokens(7)) },
        new DeploymentState
        {
            Phase = DeploymentPhase.Closing,
            Authorization = Signed(Authorization()),
            Manifest = "{\"dialect\":\"Icl\"}",
            Secrets = [new SealedSecret("web", SecretKind.Env, "TOKEN", Sealed())],
            Inputs = [new NamedInput("web", "data.csv", Some.Digest("input", 1), 2_734)],
            TenantKey = new PublishedSealingKey(SealingPoint(), Signed(new SealingKey(Some.TenantKey(1).Address, SealingPoint().Hash, 1_800_000_000))),
            SubmittedAt = Some.Now,
            Slots = [new OrderSlot("anywhere", 1, 2, [Some.Provider(1)], [0, 1], true, Some.Now.AddSeconds(9))],
            Reason = CloseReason.Tenant,
            ShardPage = 3,
        },
        new EraJournalState { Next = 8, HasBegun = true, LastCommitted = 6, LastRecord = Some.Digest("record", 1) },
        new EraState
        {
            Stage = EraStage.Committed,
            Up = ulong.MaxValue,
            Books = ImmutableSortedDictionary<Address, Signed<ObservationsPublished>>.Empty
                .Add(Some.Identity.Operator, Signed(new ObservationsPublished(7, Some.Identity.Operator, Some.Digest("book", 1)))),
            Proposals = ImmutableSortedDictionary<Address, Signed<EraProposal>>.Empty
                .Add(Some.Identity.Operator, Signed(new EraProposal(7, Some.Identity.Operator, Some.Digest("record", 2)))),
            Votes = ImmutableSortedDictionary<Address, Signed<EraRoot>>.Empty.Add(Some.Identity.Operator, Signed(new EraRoot(7, Some.Digest("root", 1), 3, new Money(4)))),
            Equivocations = [Signed(new EraRoot(7, Some.Digest("root", 2), 3, new Money(5)))],
            Record = Some.Digest("record", 2),
            Committed = new EraRoot(7, Some.Digest("root", 1), 3, new Money(4)),
            IsTold = true,
            Objection = "2 of 10 providers differ",
            Transaction = "0x01",
        },
        new GpuState
        {
            Shares = ImmutableSortedDictionary<LeaseId, GpuShare>.Empty.Add(Some.Lease(1), new GpuShare(500, Some.Now)).Add(Some.Lease(2), new GpuShare(250, null)),
        },
        Lease(),
        new MatchmakerState { Generation = 1, Anchor = Some.Digest("anchor", 1), NextElement = 9, Open = ImmutableSortedDictionary<int, OrderId>.Empty.Add(8, Some.Order(8)), Voids = [3, 5] },
        new MatchState
        {
            Record = [1, 2, 255],
            Requirement = [3, 4],
            Ranking = [new RankedBid(Some.Provider(1), "rtx4090", new RatePerHour(400_000)), new RankedBid(Some.Provider(2), "", new RatePerHour(1))],
            Candidates = 17,
            PlacedAt = Some.Now,
            MatchedAt = Some.Now.AddMilliseconds(3),
        },
        new OrderState
        {
            Phase = OrderPhase.Leased,
            Deployment = Some.Deployment(1),
            Lease = Some.Lease(1),
            Provider = Some.Provider(1),
            Refusals = ["busy"],
            Reason = "every ranked provider refused.",
            CloseReason = CloseReason.Money,
            LeasedAt = Some.Now,
            Fence = 2,
        },
        Provider(),
        new ProviderLedgerState { Ledger = Promised() },
        new SettlementLedgerState
        {
            LastBatch = 9,
            Open = new OpenSettlement(9, Root(9), 4),
            FinalBatch = 7,
            FinalRoot = Root(7),
            FinalBatchBefore = 5,
            IsFinalBooked = true,
            NotBeforeUnixSeconds = 1_800_000_000,
            Challenged = ImmutableSortedDictionary<uint, ulong>.Empty.Add(3, 5),
            Fault = "somebody must look",
        },
        new SettlementPageState
        {
            Part = new SettlementPart(
                [new BookedPayer(new PayerLeaf(Some.TenantKey(1).Address, new Money(1), new Money(2), 3, Some.Digest("authorization", 1)), Signed(Authorization()))],
                [new ProviderLeaf(Some.Provider(1).Value, new Money(4))],
                [new BookedLease(Some.Lease(1), Some.TenantKey(1).Address, Some.Provider(1).Value, new Money(5), 10_000, 6)]),
        },
        new SettlementState { Root = Root(1), Pages = 2 },
        new ReputationState
        {
            GoodWeight = 5,
            TotalWeight = 7,
            DecayedAt = Some.Now,
            Recent = [Some.Lease(1)],
            Tier = 4,
            EnrolledSeconds = 1_767_225_600,
            Tallies = [new EraTally(7, 1, 2, 3, 4, ulong.MaxValue, 6)],
            Concluded = [new EraStanding(6, 990_000, 64, true)],
            ErasServed = 5,
            Rewards = new Money(8),
            Stake = Money.FromTokens(9),
            Slashes = [new StakeSlash(Some.Digest("case", 1), 500, Some.Now)],
            Maintenance =
            [
                new AnnouncedMaintenance(Signed(new Maintenance(Some.Provider(1), 1_800_000_000, 1_800_003_600)), 1_799_000_000),
            ],
        },
        new ShardState { Members = ImmutableSortedSet.Create(StringComparer.Ordinal, "b", "a"), Ids = new IdSet().With(Some.Digest("member", 2)).With(Some.Digest("member", 1)), HasNext = true },
        Slashing(),
    ];

    private static SettlementRoot Root(int number) => new(
        Some.Digest("payers", number), Some.Digest("providers", number), Some.Digest("leases", number), new Money(101), new Money(10), new Money(100), new Money(1), 2, 3, 4);

    private static SlashingState Slashing()
    {
        var claim = SampleClaim.Make(1_800_000_000, 1_800_000_100, 1_800_000_110, 90);
        return new SlashingState
        {
            Watched = [Some.Lease(3)],
            ExaminedThrough = 8,
            Marks = ImmutableSortedDictionary<LeaseId, SignedMark>.Empty.Add(Some.Lease(1), new SignedMark(new LeaseMark(1_800_000_110, new Money(4)), Some.Digest("case", 1))),
            Cases =
            [
                new SlashCase
                {
                    Id = Some.Digest("case", 1),
                    State = CaseState.Executed,
                    Lease = Some.Lease(1),
                    Claim = claim,
                    Votes = ImmutableSortedDictionary<Address, Signature>.Empty.Add(Some.Identity.Operator, Some.Signature(1)),
                    Amount = new Money(10),
                    DecidedAtUnixSeconds = 1_800_000_200,
                    Shares = new SlashShares(new Money(6), new Money(1), new Money(3)),
                    Reason = "done.",
                },
            ],
            ShardPage = 4,
        };
    }

    private static LeaseState Lease() => new()
    {
        Phase = LeasePhase.Closing,
        Terms = new LeaseTerms(
            Some.Lease(1), Some.Order(1), Some.Deployment(1), Some.TenantKey(1).Address, Some.Digest("authorization", 1), Some.Provider(1), new RatePerHour(1_000_000), 10_000,
            86_400, 3_600, PartitionRule.Stop, true, Some.Digest("manifest", 1), true),
        Bindings = Bound,
        Opening = Signed(new Opening(Some.Lease(1), Some.Digest("authorization", 1), Some.Provider(1), new FencingToken(ulong.MaxValue), Bound.Hash(), new RatePerHour(1_000_000), 10_000, 1_800_000_000)),
        PaidThrough = Signed(new PaidThrough(Some.Lease(1), 4_500)),
        Held = new Money(1_250_000),
        OpenedAt = Some.Now,
        StartedAt = Some.Now.AddSeconds(1),
        ObservedSeconds = 61,
        ObservedAt = Some.Now.AddSeconds(61),
        LastReceipt = Signed(new Receipt(Some.Lease(1), 60, new Money(16_666), Some.Digest("content", 1), Some.Digest("receipt", 1))),
        LastCountersignature = Some.Signature(1),
        LastProvenance = new Provenance(Some.Digest("manifest", 1), [Some.Digest("image", 1)], [Some.Digest("input", 1)], [Some.Digest("output", 1)]),
        Services = [new ServiceReport("web", 1, 2, ServicePhase.Succeeded, 0, true, "done", [new OutputReport("model.json", Some.Digest("output", 1), 512)])],
        Reason = CloseReason.Completed,
        CloseSeconds = 60,
        CloseCommand = Signed(new Close(Some.Lease(1), 60, CloseReason.Completed)),
        SettleBy = Some.Now.AddSeconds(120),
        ClosedAt = Some.Now.AddSeconds(62),
        IsSettled = true,
        IsBooked = true,
        Fence = 3,
        ShardPage = 2,
        WasLost = true,
    };

    private static ProviderState Provider() => new()
    {
        Terms = new OfferTerms(
            Some.Provider(1), Some.TenantKey(2).Address, "germany", "a", OfferMode.Fizz, CpuArchitecture.Arm64, IsolationLevel.Full, "GRID",
            new OfferPrices(
                new RatePerHour(1), new RatePerHour(2), new StorageAmounts(3, 4, 5, 6), [new GpuPrice("rtx4090", new RatePerHour(7))],
                [new GuidedPrice("cpu", new RatePerHour(9))]),
            new ResourceAmounts(8, 9, new StorageAmounts(10, 11, 12, 13), 14, 15),
            [new OfferedDevice("GPU-1", "rtx4090", "nvidia", 24_564, GpuInterface.Pcie, 500, true)],
            [new OfferAttribute("host", "akash")],
            [new AttributeAudit(Some.TenantKey(3).Address, Some.Digest("content", 2), 1_800_000_000, [27, 28])],
            ["gdpr"], 1_000, 3_600, true),
        Offer = Signed(new Offer(Some.Provider(1), Some.TenantKey(2).Address, Some.Digest("terms", 1), 6, 1_800_000_000)),
        Consent = Signed(new OwnerConsent(Some.TenantKey(2).Address, Some.Provider(1), 1_800_000_000)),
        Epoch = 5,
        BootId = "boot",
        Ledger = Promised(),
        ShardPage = 1,
    };

    private static CapacityLedger Promised() => new CapacityLedger()
        .With(Some.Lease(1), new CapacityEntry(Some.Order(1), Bound, ProviderOffering.AmountsOf(Bound), true, Some.Now))
        .With(Some.Lease(2), new CapacityEntry(Some.Order(2), Bindings.Empty, default, false, null));

    private static Authorization Authorization() => new(
        Some.Identity.Operator, Some.TenantKey(1).Address, Some.TenantKey(1).Address, Some.Digest("mandate", 1), 1, Some.Digest("deployment", 1), Some.Digest("manifest", 1),
        new RatePerHour(1_000), new Money(5_000), new Money(6_000), 1_800_000_000, Some.Digest("beacon", 1));

    private static Signed<T> Signed<T>(T value)
        where T : ISignedType => value.Sign(Some.OperatorKey, Some.Identity.Domain);

    private static SealedBytes Sealed() => SealedBytes.Parse([1, .. SealingPoint().Bytes, .. Enumerable.Repeat((byte)7, SealedBytes.OverheadBytes - 1 - SealingPublicKey.SizeBytes)]);

    /// <summary>P-256's generator.</summary>
    private static SealingPublicKey SealingPoint()
    {
        const string Generator = "0x046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
        return SealingPublicKey.TryParse(Generator, out var point) ? point : throw new InvalidOperationException("the generator lies on the curve");
    }
}
