using Grid.Accounts;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Accounts;

public sealed class AuthorizationChecks
{
    private static readonly Authorization Valid = new(
        Some.Identity.Operator, Some.TenantKey(1).Address, Some.TenantKey(1).Address, default, 1, default, Some.Digest("manifest", 1),
        new RatePerHour(1_000), new Money(5_000), new Money(5_000), Some.Now.AddHours(1).ToUnixTimeSeconds(), default);

    public static TheoryData<string, Authorization> Wrong => new()
    {
        { "operator is", Valid with { Operator = Some.TenantKey(2).Address } },
        { "payer is", Valid with { Payer = Some.TenantKey(2).Address } },
        { "mandate", Valid with { Signer = Some.TenantKey(2).Address } },
        { "mandate", Valid with { Mandate = Some.Digest("mandate", 1) } },
        { "expiry is", Valid with { ExpiryUnixSeconds = Some.Now.ToUnixTimeSeconds() } },
        { "maxTotal is", Valid with { MaxTotal = default } },
        { "maxRatePerHour is", Valid with { MaxRatePerHour = default } },
    };

    [Fact]
    public void The_payers_own_signature_is_taken() => Assert.Null(Refusal(Valid.Sign(Some.TenantKey(1), Some.Identity.Domain)));

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_named(string expected, Authorization authorization) =>
        Assert.StartsWith(expected, Refusal(authorization.Sign(Some.TenantKey(1), Some.Identity.Domain)), StringComparison.Ordinal);

    [Fact]
    public void Another_keys_signature_is_refused() => Assert.StartsWith("the signature", Refusal(Valid.Sign(Some.TenantKey(2), Some.Identity.Domain)), StringComparison.Ordinal);

    [Fact]
    public void A_signature_for_another_chain_is_refused() =>
        Assert.StartsWith("the signature", Refusal(Valid.Sign(Some.TenantKey(1), GridDomain.For(1, default))), StringComparison.Ordinal);

    private static string? Refusal(Signed<Authorization> authorization) =>
        AuthorizationCheck.Refusal(authorization, Some.Identity, Some.TenantKey(1).Address.ToString(), Some.Now);
}
