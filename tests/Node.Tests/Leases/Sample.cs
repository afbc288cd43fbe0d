using System.Collections.Immutable;
using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Link.Messages;
using Grid.Protocol.Manifests;
using Grid.Protocol.Offers;
using Grid.Protocol.Sealing;
using Grid.Protocol.Signing;

namespace Grid.Tests.Node.Leases;

/// <summary>Keys, manifests and proposals that are alike in all tests.</summary>
internal static class Sample
{
    public const string Placement = "here";

    public static readonly PrivateKey NodeKey = Key("node");
    public static readonly PrivateKey OperatorA = Key("operator a");
    public static readonly PrivateKey OperatorB = Key("operator b");
    public static readonly PrivateKey Tenant = Key("tenant");
    public static readonly RatePerHour Rate = new(3_600_000);
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Eip712Domain Domain => GridDomain.Local;

    public static LeaseId Lease(int number) => new(ContentHash.OfUtf8($"lease {number}"));

    /// <summary>A machine of four cores, 4 GiB and two GPUs.</summary>
    public static OfferTerms Terms() => new(
        new ProviderId(NodeKey.Address), NodeKey.Address, "germany", "", OfferMode.Provider, CpuArchitecture.Amd64, IsolationLevel.Full, "GRID",
        new OfferPrices(new RatePerHour(10), new RatePerHour(10), default, []),
        new ResourceAmounts(4000, 4096, new StorageAmounts(10_000, 0, 0, 0), 0, 8),
        [new OfferedDevice("GPU-1", "rtx4090", "nvidia", 24_576, null, 1000, false), new OfferedDevice("GPU-2", "rtx4090", "nvidia", 24_576, null, 1000, false)],
        [], [], [], 100, 86_400, true);

    public static ManifestService Batch(string script = "true", OnPartition onPartition = OnPartition.Stop) => new()
    {
        Name = "job",
        Image = "host",
        Command = ["/bin/sh", "-c", script],
        Kind = ServiceKind.Batch,
        OnPartition = onPartition,
    };

    public static Manifest Manifest(ManifestService? service = null, int count = 1, long cpuMillis = 500) => new()
    {
        Dialect = ManifestDialect.Icl,
        Version = "1.0",
        Services = [service ?? Batch()],
        Placements = [new ManifestPlacement { Name = Placement, Groups = [Group((service ?? Batch()).Name, count, cpuMillis)] }],
    };

    public static ManifestGroup Group(string service, int count, long cpuMillis) => new(
        service, count, new ComputeResources { CpuMillis = cpuMillis, MemoryBytes = 64L << 20 }, new PriceCeiling { Denom = "GRID", Amount = "1", RatePerHour = Rate });

    /// <summary>What the manifest's first placement takes.</summary>
    public static Bindings BindingsOf(Manifest manifest)
    {
        var groups = manifest.Placements[0].Groups;
        return new Bindings([], groups.Sum(group => group.Count * group.Resources.CpuMillis), groups.Sum(group => group.Count * (group.Resources.MemoryBytes >> 20)), default, []);
    }

    public static Proposal Proposal(
        PrivateKey @operator, int lease, Manifest? given = null, Bindings? bindings = null, long? expiry = null, SealingPublicKey? sealTo = null,
        IReadOnlyList<NamedInput>? inputs = null, PublishedSealingKey? tenantKey = null)
    {
        var manifest = given ?? Manifest();
        var sealedSecrets = manifest.Secrets
            .Where(_ => sealTo is not null)
            .Select(secret => new SealedSecret(
                secret.Service, secret.Kind, secret.Name,
                SealedBytes.Seal(sealTo!, System.Text.Encoding.UTF8.GetBytes(manifest.FindSecret(secret)!), SealingContext.LeaseSecret(Lease(lease), secret.Service, secret.Name))))
            .ToImmutableArray();
        var text = SealedManifest.Write(manifest, secret => ContentHash.OfUtf8(secret.Name));
        var authorization = new Authorization(
            @operator.Address, Tenant.Address, Tenant.Address, default, 1, default, SealedManifest.HashOf(SealedManifest.Read(text))!.Value, Rate * 100, new Money(1_000_000_000),
            new Money(1_000_000_000), 4_000_000_000, default).Sign(Tenant, Domain);
        return new Proposal(
            new OperationId(Lease(lease).Value), Lease(lease), new OrderId(Lease(lease).Value), authorization, text, Placement, 0, bindings ?? BindingsOf(manifest), Rate, 10_000, 30,
            expiry ?? Now.AddSeconds(30).ToUnixTimeSeconds(), sealedSecrets, inputs ?? [], tenantKey);
    }

    public static Open Open(PrivateKey @operator, Signed<Acceptance> acceptance, long paidSeconds) =>
        new(Opening.Of(acceptance.Value).Sign(@operator, Domain), PaidThrough(@operator, acceptance.Value.Lease, paidSeconds));

    public static Signed<PaidThrough> PaidThrough(PrivateKey @operator, LeaseId lease, long seconds) => new PaidThrough(lease, seconds).Sign(@operator, Domain);

    public static CloseLease Close(PrivateKey @operator, LeaseId lease, long seconds, CloseReason reason = CloseReason.Tenant) => new(new Close(lease, seconds, reason).Sign(@operator, Domain));

    private static PrivateKey Key(string name) => PrivateKey.FromBytes(ContentHash.OfUtf8(name).ToByteArray());
}
