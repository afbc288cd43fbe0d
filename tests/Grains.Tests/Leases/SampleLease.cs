using Grid.Leases;
using Grid.Protocol;
using Grid.Protocol.Signing;

namespace Grid.Tests.Grains.Leases;

/// <summary>An open lease of one token an hour, paid an hour ahead.</summary>
internal static class SampleLease
{
    public static readonly RatePerHour Rate = new(1_000_000);

    public static LeaseTerms Terms(long durationSeconds = 0, long runAheadSeconds = 3600, RatePerHour? rate = null, bool isBatch = false, PartitionRule rule = PartitionRule.Keep) => new(
        Some.Lease(1), Some.Order(1), Some.Deployment(1), Some.TenantKey(1).Address, Some.Digest("authorization", 1), Some.Provider(1), rate ?? Rate, 10_000,
        durationSeconds, runAheadSeconds, rule, isBatch, Some.Digest("manifest", 1), false);

    public static Bindings Bindings() => new([], 250, 64, default, []);

    public static Acceptance Acceptance(LeaseTerms terms) => new(
        terms.Lease, terms.Authorization, terms.Provider, new FencingToken(1), Bindings().Hash(), terms.Rate, (uint)terms.FeePpm, Some.Now.AddMinutes(1).ToUnixTimeSeconds());

    public static LeaseState Open(LeaseTerms? terms = null, long paidSeconds = 3600) => Paid(
        Lease.Open(
            new LeaseOpening(terms ?? Terms(), Acceptance(terms ?? Terms()).Sign(Some.ProviderKey(1), Some.Identity.Domain), Bindings()),
            new Signed<Opening>(Opening.Of(Acceptance(terms ?? Terms())), default),
            Money.Zero,
            new Signed<PaidThrough>(new PaidThrough(Some.Lease(1), 0), default),
            Some.Now),
        paidSeconds);

    public static LeaseState Paid(LeaseState state, long seconds) => state with
    {
        Held = state.Terms!.Rate.ChargeRoundedDown(seconds),
        PaidThrough = new Signed<PaidThrough>(new PaidThrough(Some.Lease(1), seconds), default),
    };

    public static Receipt Receipt(LeaseState state, long seconds) => new(
        Some.Lease(1), seconds, state.Terms!.Rate.ChargeRoundedDown(Math.Max(0, seconds)), default,
        state.LastReceipt?.Value.Digest(Some.Identity.Domain) ?? default);

    public static ServiceReport Service(ServicePhase phase, int attempt = 0, string name = "web", int replica = 0) => new(name, replica, attempt, phase, null, false, null, []);
}
