using Grid.Chain.Crypto;
using Grid.Protocol;
using Grid.Protocol.Signing;
using Grid.Protocol.Slashing;

namespace Grid.Tests.Grains.Slashing;

/// <summary>A claim of some other operator about a lease of a token a second, paid for 600 s, at provider 1.</summary>
internal static class SampleClaim
{
    public const long Paid = 600;

    public static readonly PrivateKey OtherOperator = Some.TenantKey(70);

    private static readonly RatePerHour Rate = new(3_600_000_000);

    /// <param name="open">The second from which the lease was surely open.</param>
    public static FaultClaim Make(long open, long from, long to, long counted, int lease = 1, PrivateKey? reporter = null)
    {
        var key = reporter ?? OtherOperator;
        var tenant = Some.TenantKey(1);
        var authorization = new Authorization(
            key.Address, tenant.Address, tenant.Address, default, 1, default, default, Rate, Money.FromTokens(1000), Money.FromTokens(1000), open + 3600, default);
        var opening = new Opening(Some.Lease(lease), authorization.Digest(Some.Identity.Domain), Some.Provider(1), new FencingToken(1), default, Rate, 10_000, open);
        var evidence = new LeaseEvidence(
            authorization.Sign(tenant, Some.Identity.Domain),
            opening.Sign(key, Some.Identity.Domain),
            new PaidThrough(Some.Lease(lease), Paid).Sign(key, Some.Identity.Domain),
            new Receipt(Some.Lease(lease), counted, Rate.ChargeRoundedDown(counted), default, default).Sign(Some.ProviderKey(1), Some.Identity.Domain));
        return FaultClaim.For(evidence, (from, to), long.MaxValue, default, key.Address)!;
    }
}
