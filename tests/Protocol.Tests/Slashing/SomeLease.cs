using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Tests.Protocol.Slashing;

/// <summary>A lease of 3.6 tokens an hour that was open by 1 001 000, is paid for 600 s and counted to 300 s.</summary>
internal static class SomeLease
{
    public const long OpenFrom = 1_001_000;
    public const long Paid = 600;
    public const long Counted = 300;

    public static readonly Eip712Domain Domain = GridDomain.Local;
    public static readonly PrivateKey OperatorKey = Key(1);
    public static readonly PrivateKey ProviderKey = Key(2);
    public static readonly PrivateKey TenantKey = Key(3);
    public static readonly RatePerHour Rate = new(3_600_000);

    public static readonly LeaseId Lease = new(Keccak256.Hash([9]));

    public static Authorization Authorization { get; } = new(
        OperatorKey.Address, TenantKey.Address, TenantKey.Address, Hash256.Zero, 1, Hash256.Zero, Hash256.Zero, Rate, new Money(1_000_000), new Money(1_000_000), 2_000_000, Hash256.Zero);

    public static LeaseEvidence Evidence { get; } = Make();

    public static LeaseEvidence Make(
        Func<Authorization, Authorization>? authorization = null,
        Func<Opening, Opening>? opening = null,
        long paid = Paid,
        long counted = Counted,
        PrivateKey? tenantKey = null,
        PrivateKey? operatorKey = null,
        PrivateKey? providerKey = null)
    {
        var allowed = (authorization ?? (same => same))(Authorization);
        var opened = (opening ?? (same => same))(new Opening(
            Lease, allowed.Digest(Domain), new ProviderId(ProviderKey.Address), new FencingToken(1), Hash256.Zero, Rate, 10_000, OpenFrom));
        return new LeaseEvidence(
            allowed.Sign(tenantKey ?? TenantKey, Domain),
            opened.Sign(operatorKey ?? OperatorKey, Domain),
            new PaidThrough(Lease, paid).Sign(operatorKey ?? OperatorKey, Domain),
            new Receipt(Lease, counted, opened.RatePerHour.ChargeRoundedDown(counted), Hash256.Zero, Hash256.Zero).Sign(providerKey ?? ProviderKey, Domain));
    }

    public static PrivateKey Key(byte number) => PrivateKey.FromBytes(Keccak256.Hash([number, 77]).ToByteArray());
}
